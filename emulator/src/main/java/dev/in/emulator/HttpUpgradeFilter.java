package dev.in.emulator;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.ByteToMessageDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Ignores the wish of requests to upgrade to HTTP/2, as a server may (RFC 9110, section 7.8).
 * Java's HttpClient asks for it by default, and the server's own upgrade loses the answers of
 * requests that have a body. Clients that begin with HTTP/2, as gRPC's do, are not affected.
 */
final class HttpUpgradeFilter extends ByteToMessageDecoder {
  private static final ByteBuf HTTP2 = bytes("PRI");
  private static final ByteBuf END_OF_HEAD = bytes("\r\n\r\n");
  private static final String UPGRADE = "\r\nupgrade: h2c\r\n";
  private static final int MAX_HEAD_BYTES = 64 * 1024;

  private static ByteBuf bytes(String text) {
    return Unpooled.unreleasableBuffer(
        Unpooled.copiedBuffer(text, StandardCharsets.US_ASCII).asReadOnly());
  }

  @Override
  protected void decode(ChannelHandlerContext context, ByteBuf in, List<Object> out) {
    if (in.readableBytes() < HTTP2.readableBytes()) {
      return;
    }
    int start = in.readerIndex();
    if (!ByteBufUtil.equals(in, start, HTTP2, 0, HTTP2.readableBytes())) {
      int end = ByteBufUtil.indexOf(END_OF_HEAD, in);
      if (end < 0 && in.readableBytes() < MAX_HEAD_BYTES) {
        return;
      }
      if (end >= 0) {
        hideUpgrade(in, start, end + 2 - start);
      }
      // The server adds its handler when it has read the first request, which is after this.
      context.executor().execute(() -> removeUpgrade(context.pipeline()));
    }
    // What has been read goes on to the next handler.
    context.pipeline().remove(this);
  }

  /**
   * The server's handler looks at later requests of the connection, too. Its class is not public.
   */
  private static void removeUpgrade(ChannelPipeline pipeline) {
    for (Map.Entry<String, ChannelHandler> handler : pipeline) {
      if (handler.getValue().getClass().getSimpleName().equals("HttpServerUpgradeHandler")) {
        pipeline.remove(handler.getKey());
      }
    }
  }

  private static void hideUpgrade(ByteBuf in, int start, int length) {
    String head = in.toString(start, length, StandardCharsets.ISO_8859_1).toLowerCase(Locale.ROOT);
    int upgrade = head.indexOf(UPGRADE);
    if (upgrade >= 0) {
      // A header that nobody knows, of the same length.
      in.setByte(start + upgrade + 2, 'X');
    }
  }
}
