#!/usr/bin/env bash
# Makes the images in this folder anew, with tools that iN does not use, so that its readers are
# held against somebody else's writers. Needs a JDK, cwebp, avifenc, heif-enc and exiftool (Debian:
# webp, libavif-bin, libheif-examples, libimage-exiftool-perl). The tests need none of them.
set -euo pipefail
cd "$(dirname "$0")"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

cat > "$work/Draw.java" <<'JAVA'
import java.awt.Color;
import java.awt.GradientPaint;
import java.awt.image.BufferedImage;
import java.io.File;
import javax.imageio.ImageIO;

class Draw {
  public static void main(String[] args) throws Exception {
    int width = Integer.parseInt(args[1]);
    int height = Integer.parseInt(args[2]);
    var image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    var pen = image.createGraphics();
    pen.setPaint(new GradientPaint(0, 0, Color.ORANGE, width, height, Color.BLUE));
    pen.fillRect(0, 0, width, height);
    ImageIO.write(image, args[0].replaceFirst(".*\\.", ""), new File(args[0]));
  }
}
JAVA
draw() { "${JAVA_HOME:+$JAVA_HOME/bin/}java" "$work/Draw.java" "$@"; }

for type in png jpg gif bmp tiff; do draw "$work/plain.$type" 60 40; done
draw "$work/tile.png" 64 64

# Everything that iN reads, written by ExifTool.
tag() {
  exiftool -q -overwrite_original -codedcharacterset=utf8 \
    -Orientation#=6 -Make='Acme' -Model='Acme Camera 1' -LensModel='Acme 35mm f/2' \
    -DateTimeOriginal='2024:02:29 13:14:15' -SubSecTimeOriginal=25 -OffsetTimeOriginal='+05:30' \
    -ExposureTime=1/250 -FNumber=2.8 -ISO=400 -FocalLength=35 \
    -GPSLatitude=48.8583 -GPSLatitudeRef=N -GPSLongitude=2.2945 -GPSLongitudeRef=W \
    -GPSAltitude=12.5 -GPSAltitudeRef#=1 -GPSMapDatum=WGS-84 \
    -XMP-dc:Subject='harbour' -XMP-dc:Subject='naïve' "$@"
}

cp "$work/plain.jpg" tagged.jpg
tag -IPTC:Keywords='boat' -IPTC:Keywords='harbour' -XPKeywords='sail;boat' tagged.jpg
cp "$work/plain.png" tagged.png
tag tagged.png 2> /dev/null # it warns that IPTC in PNG is not standard
cp "$work/plain.tiff" tagged.tiff
tag -IPTC:Keywords='boat' tagged.tiff
cp "$work/plain.gif" tagged.gif
exiftool -q -overwrite_original -XMP-dc:Subject='harbour' -XMP-dc:Subject='naïve' tagged.gif
cwebp -quiet "$work/plain.png" -o tagged.webp
tag tagged.webp
heif-enc -q 10 -o tagged.heic "$work/plain.png"
tag tagged.heic
cwebp -quiet "$work/plain.png" -o lossy.webp
cwebp -quiet -lossless "$work/plain.png" -o lossless.webp

# Four tiles that are one image.
for tile in 1 2 3 4; do cp "$work/tile.png" "$work/tile$tile.png"; done
avifenc -s 10 --grid 2x2 "$work"/tile[1-4].png grid.avif > /dev/null

# EXIF's orientations but the plain one, which libavif says in its own way as well.
for orientation in 2 3 4 5 6 7 8; do
  cp "$work/plain.jpg" "$work/turned.jpg"
  exiftool -q -overwrite_original -Orientation#=$orientation "$work/turned.jpg"
  avifenc -s 10 --min 60 --max 63 "$work/turned.jpg" "$work/turned.avif" > /dev/null
  # What viewers go by is left alone; EXIF is made to contradict it.
  exiftool -q -overwrite_original -Orientation#=$((9 - orientation)) "$work/turned.avif"
  cp "$work/turned.avif" "turned-$orientation.avif"
done
