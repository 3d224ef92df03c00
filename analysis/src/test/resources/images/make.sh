#!/bin/sh
# Makes the images that Java cannot write. They are committed; this says how they came about.
# Needs Debian's libheif-examples, libavif-bin and webp. quarters.png is 64 x 48 pixels: red #e02010,
# green #20a040, blue #2040c0 and white quarters, as the test class Quarters draws them.
set -eu
cd "$(dirname "$0")"

heif-enc --lossless quarters.png -o quarters.heic
avifenc --lossless quarters.png quarters.avif
# Stored as it is, to be shown turned a quarter anticlockwise, and mirrored left to right.
avifenc --lossless --irot 1 quarters.png turned.avif
avifenc --lossless --imir 1 quarters.png mirrored.avif
avifenc --lossless --irot 1 --imir 1 quarters.png turned-mirrored.avif

cwebp -quiet -q 95 -sharp_yuv quarters.png -o lossy.webp
cwebp -quiet -lossless quarters.png -o lossless.webp
# EXIF with an orientation of 6 and nothing else.
printf 'II\052\000\010\000\000\000\001\000\022\001\003\000\001\000\000\000\006\000\000\000\000\000\000\000' > exif.bin
webpmux -set exif exif.bin lossless.webp -o turned.webp
rm exif.bin
