package dev.in.emulator.storage.xml;

import com.linecorp.armeria.common.HttpData;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.MediaType;
import com.linecorp.armeria.common.ResponseHeaders;
import dev.in.emulator.storage.object.StorageFailure;

/** Errors in the form of the XML API. */
final class XmlErrors {
  private XmlErrors() {}

  static HttpResponse refusal(StorageFailure failure) {
    HttpStatus status = HttpStatus.valueOf(failure.kind().status());
    if (failure.kind() == StorageFailure.Kind.NOT_MODIFIED) {
      return HttpResponse.of(ResponseHeaders.of(status));
    }
    var body = new StringBuilder("<?xml version='1.0' encoding='UTF-8'?><Error>");
    append(body, "Code", failure.kind().xmlCode());
    append(body, "Message", summary(failure.kind()));
    append(body, "Details", failure.getMessage());
    failure.xmlElements().forEach((name, text) -> append(body, name, text));
    body.append("</Error>");
    return HttpResponse.of(
        status, MediaType.APPLICATION_XML_UTF_8, HttpData.ofUtf8(body.toString()));
  }

  private static void append(StringBuilder body, String element, String text) {
    body.append('<').append(element).append('>').append(escaped(text));
    body.append("</").append(element).append('>');
  }

  private static String summary(StorageFailure.Kind kind) {
    return switch (kind) {
      case NO_BUCKET -> "The specified bucket does not exist.";
      case NO_OBJECT -> "The specified key does not exist.";
      case DENIED, WRONG_SIGNATURE -> "Access denied.";
      case CONDITION_NOT_MET -> "At least one of the pre-conditions you specified did not hold.";
      case TOO_LARGE ->
          "Your proposed upload is larger than the maximum object size specified in your Policy"
              + " Document.";
      case TOO_SMALL ->
          "Your proposed upload is smaller than the minimum object size specified in your Policy"
              + " Document.";
      case BAD_DIGEST ->
          "The checksum that you specified did not match what we computed for the content.";
      case MALFORMED_SIGNATURE -> "Your request has a malformed header.";
      case BAD_RANGE -> "The requested range cannot be satisfied.";
      case UNSUPPORTED ->
          "A header or query you provided requested a function that is not supported.";
      case INVALID,
          REQUIRED,
          EXPIRED_SIGNATURE,
          NO_UPLOAD,
          CONFLICT,
          NOT_MODIFIED,
          UPLOAD_CANCELLED,
          AHEAD_OF_UPLOAD ->
          "Invalid argument.";
    };
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }
}
