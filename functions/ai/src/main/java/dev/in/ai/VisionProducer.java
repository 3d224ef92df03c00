package dev.in.ai;

import com.google.api.gax.core.NoCredentialsProvider;
import com.google.api.gax.grpc.GrpcTransportChannel;
import com.google.api.gax.rpc.FixedTransportChannelProvider;
import com.google.api.gax.rpc.InvalidArgumentException;
import com.google.cloud.vision.v1.ImageAnnotatorClient;
import com.google.cloud.vision.v1.ImageAnnotatorSettings;
import dev.in.core.startup.WarmUp.Warm;
import dev.in.core.switches.Switch;
import dev.in.core.switches.SwitchGauge;
import dev.in.core.switches.Switches;
import dev.in.core.telemetry.Meters;
import io.grpc.ManagedChannelBuilder;
import io.quarkus.arc.DefaultBean;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.util.List;
import org.jboss.logging.Logger;

/** Makes Google's own Vision client, for Google or for an emulator. */
@ApplicationScoped
public class VisionProducer {
  private static final Logger LOG = Logger.getLogger(VisionProducer.class);

  @Produces
  @Singleton
  @DefaultBean
  ImageAnnotatorClient vision(AiConfig config) throws IOException {
    ImageAnnotatorSettings.Builder settings = ImageAnnotatorSettings.newBuilder();
    config
        .visionHost()
        .ifPresent(
            host ->
                settings
                    .setCredentialsProvider(NoCredentialsProvider.create())
                    .setTransportChannelProvider(
                        FixedTransportChannelProvider.create(
                            GrpcTransportChannel.create(
                                ManagedChannelBuilder.forTarget(host).usePlaintext().build()))));
    return ImageAnnotatorClient.create(settings.build());
  }

  @Produces
  @Singleton
  Warm analysisSwitch(Switches switches, Meters meters) {
    return new SwitchGauge(Switch.ANALYSIS, switches, meters);
  }

  void close(@Disposes ImageAnnotatorClient vision) {
    vision.close();
  }

  /** An empty batch is refused and costs nothing, and the connection stands afterwards. */
  @Produces
  @Singleton
  Warm warmVision(ImageAnnotatorClient vision) {
    return new Warm() {
      @Override
      public String name() {
        return "Vision";
      }

      @Override
      public void warm() {
        try {
          vision.batchAnnotateImages(List.of());
        } catch (InvalidArgumentException e) {
          // The refusal that was asked for.
          LOG.debugf("Vision is there: %s", e.getMessage());
        }
      }
    };
  }
}
