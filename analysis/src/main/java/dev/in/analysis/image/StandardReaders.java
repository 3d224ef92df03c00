package dev.in.analysis.image;

import com.twelvemonkeys.imageio.plugins.bmp.BMPImageReaderSpi;
import com.twelvemonkeys.imageio.plugins.jpeg.JPEGImageReaderSpi;
import com.twelvemonkeys.imageio.plugins.tiff.TIFFImageReaderSpi;
import com.twelvemonkeys.imageio.plugins.webp.WebPImageReaderSpi;
import java.io.IOException;
import java.util.List;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.spi.IIORegistry;
import javax.imageio.spi.ImageReaderSpi;
import javax.imageio.spi.ServiceRegistry;

/**
 * The ImageIO readers, named one by one: what ImageIO's own registry finds depends on the class
 * loader that asked first.
 */
final class StandardReaders {
  private final ImageReaderSpi jdkJpeg = jdk("jpeg.JPEGImageReaderSpi");
  private final ImageReaderSpi png = jdk("png.PNGImageReaderSpi");
  private final ImageReaderSpi gif = jdk("gif.GIFImageReaderSpi");
  private final ImageReaderSpi bmp = new BMPImageReaderSpi();
  private final ImageReaderSpi tiff = new TIFFImageReaderSpi();
  private final ImageReaderSpi webp = new WebPImageReaderSpi();
  private final ImageReaderSpi tolerantJpeg = tolerantJpeg(jdkJpeg);

  StandardReaders() {
    // A temporary file for every image would be slower, and full disks would break decoding.
    ImageIO.setUseCache(false);
  }

  ImageReader png() throws IOException {
    return png.createReaderInstance();
  }

  ImageReader gif() throws IOException {
    return gif.createReaderInstance();
  }

  ImageReader bmp() throws IOException {
    return bmp.createReaderInstance();
  }

  ImageReader tiff() throws IOException {
    return tiff.createReaderInstance();
  }

  ImageReader webp() throws IOException {
    return webp.createReaderInstance();
  }

  ImageReader jpeg() throws IOException {
    return jdkJpeg.createReaderInstance();
  }

  /** A JPEG reader that also takes CMYK, lossless and many a file with broken metadata. */
  ImageReader tolerantJpeg() throws IOException {
    return tolerantJpeg.createReaderInstance();
  }

  private static ImageReaderSpi jdk(String name) {
    ImageReaderSpi found =
        (ImageReaderSpi) IIORegistry.getDefaultInstance().getServiceProviderByClass(spiClass(name));
    if (found == null) {
      throw new IllegalStateException("this Java runtime has no " + name);
    }
    return found;
  }

  private static Class<?> spiClass(String name) {
    try {
      return Class.forName("com.sun.imageio.plugins." + name);
    } catch (ClassNotFoundException e) {
      throw new IllegalStateException("this Java runtime has no " + name, e);
    }
  }

  /**
   * TwelveMonkeys' reader learns of the JDK's, which it hands the pixels to, by being registered; a
   * registry of our own does that without touching the one that the whole process shares.
   */
  private static ImageReaderSpi tolerantJpeg(ImageReaderSpi jdkJpeg) {
    List<Class<?>> categories = List.of(ImageReaderSpi.class);
    ServiceRegistry registry = new ServiceRegistry(categories.iterator());
    registry.registerServiceProvider(jdkJpeg);
    ImageReaderSpi spi = new JPEGImageReaderSpi();
    registry.registerServiceProvider(spi);
    return spi;
  }
}
