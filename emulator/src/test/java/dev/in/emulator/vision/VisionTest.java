package dev.in.emulator.vision;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.within;

import com.google.api.gax.core.NoCredentialsProvider;
import com.google.api.gax.grpc.GrpcTransportChannel;
import com.google.api.gax.rpc.FixedTransportChannelProvider;
import com.google.api.gax.rpc.InvalidArgumentException;
import com.google.cloud.NoCredentials;
import com.google.cloud.storage.BlobInfo;
import com.google.cloud.storage.StorageOptions;
import com.google.cloud.vision.v1.AnnotateImageRequest;
import com.google.cloud.vision.v1.AnnotateImageResponse;
import com.google.cloud.vision.v1.Block;
import com.google.cloud.vision.v1.ColorInfo;
import com.google.cloud.vision.v1.Feature;
import com.google.cloud.vision.v1.Feature.Type;
import com.google.cloud.vision.v1.Image;
import com.google.cloud.vision.v1.ImageAnnotatorClient;
import com.google.cloud.vision.v1.ImageAnnotatorSettings;
import com.google.cloud.vision.v1.ImageSource;
import com.google.cloud.vision.v1.Vertex;
import com.google.cloud.vision.v1.Word;
import com.google.protobuf.ByteString;
import com.google.rpc.Code;
import com.google.rpc.ErrorInfo;
import dev.in.emulator.LocalCloud;
import dev.in.emulator.LocalCloudOptions;
import io.grpc.ManagedChannel;
import io.grpc.ManagedChannelBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * The local Vision through Google's own client. The samples are its images: what is drawn on them
 * stands in {@code docs/samples/MakeSamples.java}.
 */
class VisionTest {
  private static final Path SAMPLES = Path.of("..", "samples");

  private static LocalCloud cloud;
  private static ManagedChannel channel;
  private static ImageAnnotatorClient vision;

  @BeforeAll
  static void start() throws IOException {
    cloud = LocalCloud.start(LocalCloudOptions.defaults());
    channel = ManagedChannelBuilder.forTarget(cloud.host()).usePlaintext().build();
    vision =
        ImageAnnotatorClient.create(
            ImageAnnotatorSettings.newBuilder()
                .setCredentialsProvider(NoCredentialsProvider.create())
                .setTransportChannelProvider(
                    FixedTransportChannelProvider.create(GrpcTransportChannel.create(channel)))
                .build());
  }

  @AfterAll
  static void stop() {
    if (vision != null) {
      vision.close();
      channel.shutdownNow();
    }
    cloud.close();
  }

  @Test
  void textIsReadFromThePixelsAndToldInBothOfVisionsForms() throws IOException {
    AnnotateImageResponse answer = annotate(sample("sign.bmp"), Type.TEXT_DETECTION);

    assertThat(answer.hasError()).isFalse();
    assertThat(answer.getFullTextAnnotation().getText())
        .isEqualTo("PLATFORM 9\nTrains to the coast\n");
    assertThat(answer.getTextAnnotationsList())
        .extracting(com.google.cloud.vision.v1.EntityAnnotation::getDescription)
        .containsExactly(
            "PLATFORM 9\nTrains to the coast", "PLATFORM", "9", "Trains", "to", "the", "coast");
    assertThat(answer.getFullTextAnnotation().getPages(0))
        .extracting(page -> page.getWidth(), page -> page.getHeight())
        .containsExactly(700, 260);
    Block first = answer.getFullTextAnnotation().getPages(0).getBlocks(0);
    Vertex corner = first.getBoundingBox().getVertices(0);
    // Drawn at 60, 120 with letters of 64 pixels, of which capitals are three quarters high.
    assertThat((double) corner.getX()).isCloseTo(60, within(12.0));
    assertThat((double) corner.getY()).isCloseTo(120 - 48, within(12.0));
    assertThat(first.getParagraphs(0).getWordsList())
        .extracting(Word::getSymbolsCount)
        .containsExactly("PLATFORM".length(), 1);
  }

  @Test
  void coloursHaveTheSharesOfTheirAreas() throws IOException {
    List<ColorInfo> colors =
        annotate(sample("flag.gif"), Type.IMAGE_PROPERTIES)
            .getImagePropertiesAnnotation()
            .getDominantColors()
            .getColorsList();

    assertThat(colors)
        .extracting(
            color -> (int) color.getColor().getRed(),
            color -> (int) color.getColor().getGreen(),
            color -> (int) color.getColor().getBlue())
        .containsExactlyInAnyOrder(
            tuple(0x2a, 0x9d, 0x8f), tuple(0xe9, 0xc4, 0x6a), tuple(0xe7, 0x6f, 0x51));
    assertThat(colors.stream().map(color -> (double) color.getPixelFraction()).sorted())
        .satisfiesExactly(
            share -> assertThat(share).isCloseTo(0.125, within(0.005)),
            share -> assertThat(share).isCloseTo(0.375, within(0.005)),
            share -> assertThat(share).isCloseTo(0.5, within(0.005)));
  }

  @Test
  void onlyWhatIsAskedForIsComputed() throws IOException {
    AnnotateImageResponse answer = annotate(sample("sign.bmp"), Type.IMAGE_PROPERTIES);

    assertThat(answer.hasFullTextAnnotation()).isFalse();
    assertThat(answer.getTextAnnotationsList()).isEmpty();
    assertThat(answer.getImagePropertiesAnnotation().getDominantColors().getColorsList())
        .isNotEmpty();
  }

  @Test
  void aFeatureWithoutAnEngineIsToldAsAnErrorBesideWhatWasComputed() throws Exception {
    AnnotateImageResponse answer =
        annotate(
            sample("flag.gif"), Type.LABEL_DETECTION, Type.IMAGE_PROPERTIES, Type.FACE_DETECTION);

    assertThat(answer.getError().getCode()).isEqualTo(Code.UNIMPLEMENTED_VALUE);
    assertThat(answer.getError().getMessage())
        .isEqualTo("The local cloud has no engine for FACE_DETECTION,LABEL_DETECTION.");
    ErrorInfo info = answer.getError().getDetails(0).unpack(ErrorInfo.class);
    assertThat(info.getReason()).isEqualTo("FEATURE_UNAVAILABLE");
    assertThat(info.getMetadataOrThrow("features")).isEqualTo("FACE_DETECTION,LABEL_DETECTION");
    assertThat(answer.getLabelAnnotationsList()).isEmpty();
    assertThat(answer.getImagePropertiesAnnotation().getDominantColors().getColorsList())
        .hasSize(3);
  }

  @Test
  void anObjectIsReadFromWhereItLies() throws IOException {
    put("a/flag", Files.readAllBytes(SAMPLES.resolve("flag.gif")));

    AnnotateImageResponse answer =
        annotate(at("gs://in-local-images/a/flag"), Type.IMAGE_PROPERTIES);

    assertThat(answer.hasError()).isFalse();
    assertThat(answer.getImagePropertiesAnnotation().getDominantColors().getColorsList())
        .hasSize(3);
  }

  @Test
  void oneImagesErrorIsItsOwn() throws IOException {
    Image broken = bytes("not an image".getBytes(US_ASCII));
    Image missing = at("gs://in-local-images/no/such");

    List<AnnotateImageResponse> answers =
        vision
            .batchAnnotateImages(
                Stream.of(broken, sample("flag.gif"), missing, at("https://example.com/a.jpg"))
                    .map(image -> request(image, Type.IMAGE_PROPERTIES))
                    .toList())
            .getResponsesList();

    assertThat(answers)
        .extracting(answer -> answer.getError().getCode(), answer -> answer.getError().getMessage())
        .containsExactly(
            tuple(Code.INVALID_ARGUMENT_VALUE, "Bad image data."),
            tuple(0, ""),
            tuple(
                Code.PERMISSION_DENIED_VALUE, "Error opening file: gs://in-local-images/no/such."),
            tuple(Code.UNIMPLEMENTED_VALUE, "The local cloud reads images from gs:// URIs only."));
  }

  @Test
  void aImageCutShortIsAnsweredAndNotInventedUpon() throws IOException {
    byte[] whole = Files.readAllBytes(SAMPLES.resolve("invoice.png"));

    AnnotateImageResponse answer =
        annotate(bytes(java.util.Arrays.copyOf(whole, 20)), Type.TEXT_DETECTION);

    assertThat(answer.getError().getMessage()).isEqualTo("Bad image data.");
    assertThat(answer.getTextAnnotationsList()).isEmpty();
  }

  @Test
  void moreThanTwentyMegabytesAreTooMany() {
    put("large", new byte[(20 << 20) + 1]);

    AnnotateImageResponse answer =
        annotate(at("gs://in-local-images/large"), Type.IMAGE_PROPERTIES);

    assertThat(answer.getError().getCode()).isEqualTo(Code.INVALID_ARGUMENT_VALUE);
    assertThat(answer.getError().getMessage()).startsWith("Image size exceeding allowed max");
  }

  @Test
  void anImageWithoutFeaturesOrSourceIsRefusedByItself() throws IOException {
    assertThat(annotate(sample("flag.gif")).getError().getCode())
        .isEqualTo(Code.INVALID_ARGUMENT_VALUE);
    assertThat(annotate(Image.getDefaultInstance(), Type.IMAGE_PROPERTIES).getError().getCode())
        .isEqualTo(Code.INVALID_ARGUMENT_VALUE);
  }

  @Test
  void aBatchIsOneToSixteenImages() throws IOException {
    AnnotateImageRequest one = request(sample("flag.gif"), Type.IMAGE_PROPERTIES);

    assertThatThrownBy(() -> vision.batchAnnotateImages(List.of()))
        .isInstanceOf(InvalidArgumentException.class);
    assertThatThrownBy(() -> vision.batchAnnotateImages(Collections.nCopies(17, one)))
        .isInstanceOf(InvalidArgumentException.class);
    assertThat(vision.batchAnnotateImages(Collections.nCopies(16, one)).getResponsesCount())
        .isEqualTo(16);
  }

  @Test
  void eachFeatureOfEachImageIsAUnitWhetherItSucceedsOrNot() {
    long before = cloud.counters().get("vision.units");

    annotate(bytes(new byte[10]), Type.TEXT_DETECTION, Type.IMAGE_PROPERTIES, Type.TEXT_DETECTION);

    assertThat(cloud.counters().get("vision.units") - before).isEqualTo(2);
  }

  private static void put(String name, byte[] content) {
    StorageOptions.newBuilder()
        .setProjectId("in-local")
        .setHost(cloud.endpoint().toString())
        .setCredentials(NoCredentials.getInstance())
        .build()
        .getService()
        .create(BlobInfo.newBuilder("in-local-images", name).build(), content);
  }

  private static AnnotateImageResponse annotate(Image image, Type... types) {
    return vision.batchAnnotateImages(List.of(request(image, types))).getResponses(0);
  }

  private static AnnotateImageRequest request(Image image, Type... types) {
    return AnnotateImageRequest.newBuilder()
        .setImage(image)
        .addAllFeatures(
            Stream.of(types).map(type -> Feature.newBuilder().setType(type).build()).toList())
        .build();
  }

  private static Image sample(String name) throws IOException {
    return bytes(Files.readAllBytes(SAMPLES.resolve(name)));
  }

  private static Image bytes(byte[] content) {
    return Image.newBuilder().setContent(ByteString.copyFrom(content)).build();
  }

  private static Image at(String uri) {
    return Image.newBuilder().setSource(ImageSource.newBuilder().setImageUri(uri)).build();
  }
}
