package dev.in.metadata.block;

import dev.in.metadata.header.HeifItems;
import dev.in.metadata.header.PictureFile;
import java.util.Optional;

/** The items and properties of a HEIC or AVIF file. */
final class HeifBlocks implements BlockFinder {
  @Override
  public Blocks find(PictureFile file) {
    HeifItems items = HeifItems.read(file);
    return new Blocks(
        items.exif(),
        Optional.empty(),
        items.xmp().flatMap(packet -> BlockFinder.bytes(file, packet)),
        items.colorProfile().flatMap(profile -> BlockFinder.beginning(file, profile)),
        items.orientation());
  }
}
