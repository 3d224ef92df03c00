package dev.in.metadata.block;

import dev.in.formats.bytes.ImageBytes;
import dev.in.formats.heif.HeifItems;
import java.util.Optional;

/** The items and properties of a HEIC or AVIF file. */
final class HeifBlocks implements BlockFinder {
  @Override
  public Blocks find(ImageBytes file) {
    HeifItems items = HeifItems.read(file);
    return new Blocks(
        items.exif(),
        Optional.empty(),
        items.xmp().flatMap(packet -> BlockFinder.bytes(file, packet)),
        items.colorProfile().flatMap(profile -> BlockFinder.beginning(file, profile)));
  }
}
