package dev.in.core.fetch;

import java.io.EOFException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.security.cert.CertificateException;
import java.util.zip.ZipException;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.apache.hc.core5.http.ConnectionClosedException;
import org.apache.hc.core5.http.MalformedChunkCodingException;
import org.apache.hc.core5.http.NoHttpResponseException;

/** Turns a connection's error into a sentence, and says whether a retry may help. */
final class TransportErrors {
  private TransportErrors() {}

  static FetchFailure toFailure(IOException fault, HostTimer timer) {
    if (fault instanceof BodyFailure ours) {
      return ours.failure();
    }
    if (timer.hasPassed()) {
      return FetchFailure.unreachableNow("The host did not deliver the file in time");
    }
    if (isUntrusted(fault)) {
      return FetchFailure.unreachable("The host's certificate is not trusted");
    }
    return switch (fault) {
      case SocketTimeoutException e -> FetchFailure.unreachableNow("The host stopped responding");
      case ConnectException e -> notAccepted();
      case NoRouteToHostException e -> notAccepted();
      case SSLException e ->
          FetchFailure.unreachableNow("No secure connection to the host could be made");
      case SocketException e -> cutOff();
      case ConnectionClosedException e -> cutOff();
      case MalformedChunkCodingException e -> cutOff();
      case NoHttpResponseException e -> cutOff();
      case EOFException e -> cutOff();
      case InterruptedIOException e -> cutOff();
      case ZipException e -> FetchFailure.unreachable("The host's compressed answer is broken");
      default -> FetchFailure.unreachable("The host's response is not valid HTTP");
    };
  }

  private static FetchFailure notAccepted() {
    return FetchFailure.unreachableNow("The host does not accept connections");
  }

  private static FetchFailure cutOff() {
    return FetchFailure.unreachableNow("The host cut the connection off");
  }

  private static boolean isUntrusted(IOException fault) {
    for (Throwable cause = fault; cause != null; cause = cause.getCause()) {
      if (cause instanceof CertificateException || cause instanceof SSLPeerUnverifiedException) {
        return true;
      }
    }
    return false;
  }
}
