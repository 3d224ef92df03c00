package dev.in.emulator.storage;

import static dev.in.emulator.storage.Http.header;
import static dev.in.emulator.storage.Http.text;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.api.core.ApiClock;
import com.google.auth.oauth2.ServiceAccountCredentials;
import com.google.cloud.NoCredentials;
import com.google.cloud.storage.Blob;
import com.google.cloud.storage.BlobInfo;
import com.google.cloud.storage.HttpMethod;
import com.google.cloud.storage.Storage;
import com.google.cloud.storage.Storage.SignUrlOption;
import com.google.cloud.storage.StorageOptions;
import dev.in.emulator.LocalCloud;
import dev.in.emulator.LocalCloudOptions;
import dev.in.emulator.time.TestingTimers;
import java.io.ByteArrayInputStream;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.security.interfaces.RSAPublicKey;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Signed URLs, as Google's own client signs them. */
class SignedUrlTest {
  private static final String UPLOADER = "uploader@in-local.iam.gserviceaccount.com";
  private static final KeyPair KEYS = rsaKeys();
  private static final KeyPair OTHER_KEYS = rsaKeys();
  private static final String LENGTH_RANGE = "x-goog-content-length-range";
  private static final String ONCE = "x-goog-if-generation-match";

  private static final TestingTimers timers = new TestingTimers();
  private static LocalCloud cloud;
  private static Storage storage;
  private static Http http;

  private BlobInfo blob;

  @BeforeAll
  static void start() {
    cloud =
        LocalCloud.start(
            LocalCloudOptions.builder()
                .timers(timers)
                .accounts(Map.of(UPLOADER, (RSAPublicKey) KEYS.getPublic()))
                .build());
    storage =
        StorageOptions.newBuilder()
            .setProjectId("in-local")
            .setHost(cloud.endpoint().toString())
            .setCredentials(NoCredentials.getInstance())
            .setClock(
                new ApiClock() {
                  @Override
                  public long nanoTime() {
                    return System.nanoTime();
                  }

                  @Override
                  public long millisTime() {
                    return timers.now().toEpochMilli();
                  }
                })
            .build()
            .getService();
    http = new Http(cloud.endpoint());
  }

  @AfterAll
  static void stop() throws Exception {
    http.close();
    storage.close();
    cloud.close();
  }

  @BeforeEach
  void freshObject() {
    blob =
        BlobInfo.newBuilder("in-local-images", StorageBackend.freshPrefix() + "a b/ü.jpg")
            .setContentType("image/jpeg")
            .build();
  }

  private static KeyPair rsaKeys() {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
      generator.initialize(2048);
      return generator.generateKeyPair();
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
  }

  private String sign(String account, KeyPair keys, SignUrlOption... more) {
    List<SignUrlOption> options =
        new ArrayList<>(
            List.of(
                SignUrlOption.withV4Signature(),
                SignUrlOption.withHostName(cloud.endpoint().toString()),
                SignUrlOption.withPathStyle(),
                SignUrlOption.signWith(
                    ServiceAccountCredentials.newBuilder()
                        .setClientEmail(account)
                        .setPrivateKey(keys.getPrivate())
                        .setPrivateKeyId("k1")
                        .setClientId("1")
                        .build())));
    options.addAll(List.of(more));
    return storage
        .signUrl(blob, 15, TimeUnit.MINUTES, options.toArray(SignUrlOption[]::new))
        .toString();
  }

  /** As the edge signs an upload: its type, its exact length, and only once. */
  private String uploadUrl(int length) {
    return sign(
        UPLOADER,
        KEYS,
        SignUrlOption.httpMethod(HttpMethod.PUT),
        // The client's withContentType() has no effect on V4 signatures.
        SignUrlOption.withExtHeaders(uploadHeaders(length)));
  }

  private static Map<String, String> uploadHeaders(int length) {
    return Map.of("Content-Type", "image/jpeg", LENGTH_RANGE, length + "," + length, ONCE, "0");
  }

  private String downloadUrl() {
    return sign(UPLOADER, KEYS, SignUrlOption.httpMethod(HttpMethod.GET));
  }

  private static void assertRefused(HttpResponse<byte[]> response, int status, String code) {
    assertThat(text(response))
        .as("%s %s", response, response.headers().map())
        .contains("<Code>" + code + "</Code>");
    assertThat(response.statusCode()).isEqualTo(status);
    assertThat(header(response, "content-type")).startsWith("application/xml");
  }

  private void assertNothingStored() {
    assertThat(storage.get(blob.getBlobId())).isNull();
  }

  @Test
  void anUploadAsSignedIsStored() {
    HttpResponse<byte[]> response =
        http.send("PUT", uploadUrl(1000), uploadHeaders(1000), new byte[1000]);

    Blob stored = storage.get(blob.getBlobId());
    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(stored.getSize()).isEqualTo(1000);
    assertThat(stored.getContentType()).isEqualTo("image/jpeg");
    assertThat(header(response, "x-goog-generation")).isEqualTo(stored.getGeneration().toString());
    assertThat(header(response, "x-goog-hash"))
        .isEqualTo("crc32c=" + stored.getCrc32c() + ",md5=" + stored.getMd5());
    assertThat(header(response, "etag")).isEqualTo("\"" + stored.getMd5ToHexString() + "\"");
  }

  @Test
  void uploadingTwiceIsRefusedWhenOnceWasSigned() {
    http.send("PUT", uploadUrl(3), uploadHeaders(3), new byte[3]);

    assertRefused(
        http.send("PUT", uploadUrl(3), uploadHeaders(3), new byte[3]), 412, "PreconditionFailed");
  }

  @Test
  void anotherLengthThanSignedIsRefused() {
    assertRefused(
        http.send("PUT", uploadUrl(10), uploadHeaders(10), new byte[11]), 400, "EntityTooLarge");
    assertRefused(
        http.send("PUT", uploadUrl(10), uploadHeaders(10), new byte[9]), 400, "EntityTooSmall");
    assertNothingStored();
  }

  @Test
  void aLengthThatIsNotAnnouncedIsCheckedAsItComes() {
    HttpResponse<byte[]> response =
        http.send(
            "PUT",
            uploadUrl(10),
            uploadHeaders(10),
            BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(new byte[11])));

    assertRefused(response, 400, "EntityTooLarge");
    assertNothingStored();
  }

  @Test
  void theRefusalOfALargeUploadReachesItsSender() {
    byte[] large = new byte[50_000_000];

    assertRefused(http.send("PUT", uploadUrl(10), uploadHeaders(10), large), 400, "EntityTooLarge");
    assertRefused(
        http.send(
            "PUT",
            uploadUrl(10),
            uploadHeaders(10),
            BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(large))),
        400,
        "EntityTooLarge");
    assertNothingStored();
  }

  @Test
  void anotherContentTypeThanSignedIsRefused() {
    assertRefused(
        http.send(
            "PUT",
            uploadUrl(1),
            Map.of("Content-Type", "text/html", LENGTH_RANGE, "1,1", ONCE, "0"),
            new byte[1]),
        403,
        "SignatureDoesNotMatch");
    assertNothingStored();
  }

  @Test
  void aSignedHeaderThatIsMissingIsNamed() {
    HttpResponse<byte[]> response =
        http.send(
            "PUT", uploadUrl(1), Map.of("Content-Type", "image/jpeg", ONCE, "0"), new byte[1]);

    assertRefused(response, 400, "MalformedSecurityHeader");
    assertThat(text(response))
        .contains(
            "<Details>Header was included in signedheaders, but not in the request.</Details>"
                + "<ParameterName>"
                + LENGTH_RANGE
                + "</ParameterName>");
  }

  @Test
  void anExtensionHeaderThatIsNotSignedIsRefused() {
    String url = sign(UPLOADER, KEYS, SignUrlOption.httpMethod(HttpMethod.PUT));

    HttpResponse<byte[]> response =
        http.send("PUT", url, Map.of("x-goog-meta-owner", "me"), new byte[1]);

    assertRefused(response, 400, "MalformedSecurityHeader");
    assertThat(text(response))
        .contains(
            "<Details>Header must be signed</Details>"
                + "<ParameterName>x-goog-meta-owner</ParameterName>");
  }

  @Test
  void aSignedHeaderThatHasNoEffectHereIsRefused() {
    Map<String, String> headers = Map.of("x-goog-acl", "public-read");
    String url =
        sign(
            UPLOADER,
            KEYS,
            SignUrlOption.httpMethod(HttpMethod.PUT),
            SignUrlOption.withExtHeaders(headers));

    assertRefused(http.send("PUT", url, headers, new byte[1]), 501, "NotImplemented");
    assertNothingStored();
  }

  @Test
  void aSignatureEndsInTime() {
    String url = downloadUrl();
    Instant expiry = timers.now().plus(Duration.ofMinutes(15)).truncatedTo(ChronoUnit.SECONDS);
    storage.create(blob, new byte[1]);

    timers.pass(Duration.ofMinutes(15));
    assertThat(http.get(url).statusCode()).isEqualTo(200);
    timers.pass(Duration.ofSeconds(1));
    HttpResponse<byte[]> late = http.get(url);
    assertRefused(late, 400, "ExpiredToken");
    assertThat(text(late))
        .contains(
            "<Message>Invalid argument.</Message><Details>The provided token has expired. Request"
                + " signature expired at: "
                + expiry.toString().replace("Z", "+00:00")
                + "</Details>");
  }

  @Test
  void aWrongSignatureIsAnsweredWithWhatShouldHaveBeenSigned() {
    HttpResponse<byte[]> response =
        http.get(downloadUrl().replace("X-Goog-Expires=900", "X-Goog-Expires=901"));

    assertRefused(response, 403, "SignatureDoesNotMatch");
    assertThat(text(response))
        .containsPattern("<StringToSign>GOOG4-RSA-SHA256\n\\d{8}T\\d{6}Z\n")
        .contains(
            "<CanonicalRequest>GET\n/" + blob.getBucket() + "/",
            "/a%20b/%C3%BC.jpg\n",
            "X-Goog-Expires=901&amp;",
            "\n\nhost\nUNSIGNED-PAYLOAD</CanonicalRequest>");
  }

  @Test
  void aSignatureHoldsForItsMethodAndObjectOnly() {
    String url = downloadUrl();

    assertRefused(http.send("PUT", url, Map.of(), new byte[1]), 403, "SignatureDoesNotMatch");
    assertRefused(http.get(url.replace(".jpg", ".png")), 403, "SignatureDoesNotMatch");
    assertRefused(
        http.get(url.replace("X-Goog-Expires=900", "X-Goog-Expires=901")),
        403,
        "SignatureDoesNotMatch");
  }

  @Test
  void onlyTheKeyOfTheAccountSigns() {
    SignUrlOption get = SignUrlOption.httpMethod(HttpMethod.GET);

    assertRefused(http.get(sign(UPLOADER, OTHER_KEYS, get)), 403, "SignatureDoesNotMatch");
    assertRefused(
        http.get(sign("nobody@in-local.iam.gserviceaccount.com", KEYS, get)),
        403,
        "SignatureDoesNotMatch");
  }

  @Test
  void withoutASignatureNothingIsDone() {
    storage.create(blob, new byte[1]);
    String bare = downloadUrl().split("\\?")[0];

    assertRefused(http.get(bare), 403, "AccessDenied");
    assertRefused(http.send("PUT", bare, Map.of(), new byte[5]), 403, "AccessDenied");
    assertThat(storage.get(blob.getBlobId()).getSize()).isEqualTo(1);
  }

  @Test
  void malformedSignaturesAreRefused() {
    String url = downloadUrl();

    assertRefused(
        http.get(url.replace("X-Goog-Algorithm=GOOG4-RSA-SHA256", "X-Goog-Algorithm=NONE")),
        400,
        "MalformedSecurityHeader");
    assertRefused(
        http.get(url.replaceAll("X-Goog-Date=[^&]*", "X-Goog-Date=yesterday")),
        400,
        "MalformedSecurityHeader");
    assertRefused(
        http.get(url.replaceAll("X-Goog-Expires=900", "X-Goog-Expires=604801")),
        400,
        "MalformedSecurityHeader");
    assertRefused(
        http.get(url.replaceAll("X-Goog-Signature=..", "X-Goog-Signature=zz")),
        400,
        "MalformedSecurityHeader");
  }

  @Test
  void aDownloadHasTheObjectsTypeAndMayBePartial() {
    storage.create(blob, new byte[] {1, 2, 3, 4, 5});
    String url = downloadUrl();

    HttpResponse<byte[]> whole = http.get(url);
    HttpResponse<byte[]> part = http.send("GET", url, Map.of("Range", "bytes=1-2"));

    assertThat(whole.statusCode()).isEqualTo(200);
    assertThat(whole.body()).containsExactly(1, 2, 3, 4, 5);
    assertThat(header(whole, "content-type")).isEqualTo("image/jpeg");
    assertThat(part.statusCode()).isEqualTo(206);
    assertThat(part.body()).containsExactly(2, 3);
    assertThat(header(part, "content-range")).isEqualTo("bytes 1-2/5");
  }

  @Test
  void aDownloadIsAnsweredWithTheTypeAndDispositionThatWereSigned() {
    storage.create(blob, new byte[] {1, 2, 3});
    Map<String, String> parameters =
        Map.of(
            "response-content-type", "application/octet-stream",
            "response-content-disposition", "attachment");
    String url =
        sign(
            UPLOADER,
            KEYS,
            SignUrlOption.httpMethod(HttpMethod.GET),
            SignUrlOption.withQueryParams(parameters));

    HttpResponse<byte[]> response = http.get(url);

    assertThat(response.body()).containsExactly(1, 2, 3);
    assertThat(header(response, "content-type")).isEqualTo("application/octet-stream");
    assertThat(header(response, "content-disposition")).isEqualTo("attachment");
    assertRefused(http.get(url.replace("attachment", "inline")), 403, "SignatureDoesNotMatch");
  }

  @Test
  void aSignedParameterThatHasNoEffectHereIsRefused() {
    String url =
        sign(
            UPLOADER,
            KEYS,
            SignUrlOption.httpMethod(HttpMethod.GET),
            SignUrlOption.withQueryParams(Map.of("response-cache-control", "no-store")));

    assertRefused(http.get(url), 501, "NotImplemented");
  }

  @Test
  void whatIsNotThereIsNotFound() {
    assertRefused(http.get(downloadUrl()), 404, "NoSuchKey");
    blob = BlobInfo.newBuilder("no-such-bucket-here", "a").build();
    assertRefused(http.get(downloadUrl()), 404, "NoSuchBucket");
  }

  @Test
  void theHeadOfAnObjectIsSignedForItself() {
    storage.create(blob, new byte[5]);

    HttpResponse<byte[]> head =
        http.send(
            "HEAD", sign(UPLOADER, KEYS, SignUrlOption.httpMethod(HttpMethod.HEAD)), Map.of());

    assertThat(head.statusCode()).isEqualTo(200);
    assertThat(header(head, "content-length")).isEqualTo("5");
    assertThat(head.body()).isEmpty();
  }

  @Test
  void pagesOfAnyOriginMayUpload() {
    Map<String, String> asked =
        Map.of(
            "Origin",
            "http://localhost:8787",
            "Access-Control-Request-Method",
            "PUT",
            "Access-Control-Request-Headers",
            "content-type," + LENGTH_RANGE);
    HttpResponse<byte[]> preflight = http.send("OPTIONS", uploadUrl(1), asked);
    var headers = new HashMap<>(uploadHeaders(1));
    headers.put("Origin", "http://localhost:8787");
    HttpResponse<byte[]> upload = http.send("PUT", uploadUrl(1), headers, new byte[1]);
    HttpResponse<byte[]> refused = http.send("PUT", uploadUrl(1), headers, new byte[1]);

    assertThat(preflight.statusCode()).isEqualTo(200);
    assertThat(header(preflight, "access-control-allow-origin")).isEqualTo("*");
    assertThat(header(preflight, "access-control-allow-methods")).contains("PUT");
    assertThat(header(preflight, "access-control-allow-headers"))
        .isEqualTo("content-type," + LENGTH_RANGE);
    assertThat(upload.statusCode()).isEqualTo(200);
    assertThat(header(upload, "access-control-allow-origin")).isEqualTo("*");
    assertThat(header(upload, "access-control-expose-headers")).contains("X-Goog-Generation");
    assertThat(refused.statusCode()).isEqualTo(412);
    assertThat(header(refused, "access-control-allow-origin")).isEqualTo("*");
  }
}
