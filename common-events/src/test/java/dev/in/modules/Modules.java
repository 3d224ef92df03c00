package dev.in.modules;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import javax.xml.xpath.XPathConstants;
import javax.xml.xpath.XPathExpressionException;
import javax.xml.xpath.XPathFactory;
import org.w3c.dom.Document;
import org.w3c.dom.Node;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;

/**
 * The project's Maven modules and the dependencies that each declares.
 *
 * @param modules by folder, as the root pom names them
 */
public record Modules(Map<String, Module> modules) {

  /** One module's pom. */
  public record Module(String folder, String artifactId, List<Dependency> dependencies) {}

  /** A declared dependency; a profile's counts as well, a plugin's does not. */
  public record Dependency(String groupId, String artifactId, String scope) {
    boolean isOurs() {
      return groupId.equals("dev.in") || groupId.equals("${project.groupId}");
    }

    boolean isForTests() {
      return scope.equals("test");
    }
  }

  /** The project that this test belongs to. */
  public static Modules load() {
    Path root = root();
    return of(
        folder -> {
          try {
            return Files.readString(root.resolve(folder).resolve("pom.xml"));
          } catch (IOException e) {
            throw new UncheckedIOException("module " + folder + " has no readable pom", e);
          }
        });
  }

  /**
   * @param poms the text of the pom in a folder; the root's is the empty one
   */
  static Modules of(Function<String, String> poms) {
    Map<String, Module> modules = new LinkedHashMap<>();
    for (Node module : nodes(parse(poms.apply("")), "/project/modules/module")) {
      String folder = module.getTextContent().strip();
      modules.put(folder, module(folder, parse(poms.apply(folder))));
    }
    return new Modules(modules);
  }

  /** The project's folder. */
  static Path root() {
    Path start = Path.of("").toAbsolutePath();
    for (Path folder = start; folder != null; folder = folder.getParent()) {
      Path pom = folder.resolve("pom.xml");
      if (Files.exists(pom) && !nodes(parse(read(pom)), "/project/modules/module").isEmpty()) {
        return folder;
      }
    }
    throw new IllegalStateException("no pom with modules above " + start);
  }

  private static Module module(String folder, Document pom) {
    List<Dependency> dependencies = new ArrayList<>();
    for (Node node :
        nodes(
            pom,
            "/project/dependencies/dependency"
                + " | /project/profiles/profile/dependencies/dependency")) {
      String scope = text(node, "scope");
      dependencies.add(
          new Dependency(
              text(node, "groupId"),
              text(node, "artifactId"),
              scope.isEmpty() ? "compile" : scope));
    }
    return new Module(folder, text(pom, "/project/artifactId"), dependencies);
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Document parse(String pom) {
    try {
      return DocumentBuilderFactory.newDefaultInstance()
          .newDocumentBuilder()
          .parse(new ByteArrayInputStream(pom.getBytes(StandardCharsets.UTF_8)));
    } catch (ParserConfigurationException | SAXException | IOException e) {
      throw new IllegalArgumentException("no pom", e);
    }
  }

  private static List<Node> nodes(Node from, String path) {
    NodeList found = (NodeList) evaluate(from, path, XPathConstants.NODESET);
    List<Node> nodes = new ArrayList<>();
    for (int i = 0; i < found.getLength(); i++) {
      nodes.add(found.item(i));
    }
    return nodes;
  }

  private static String text(Node from, String path) {
    return ((String) evaluate(from, path, XPathConstants.STRING)).strip();
  }

  private static Object evaluate(Node from, String path, javax.xml.namespace.QName type) {
    try {
      return XPathFactory.newDefaultInstance().newXPath().evaluate(path, from, type);
    } catch (XPathExpressionException e) {
      throw new IllegalArgumentException(path, e);
    }
  }
}
