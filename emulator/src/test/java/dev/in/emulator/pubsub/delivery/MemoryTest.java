package dev.in.emulator.pubsub.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import com.google.pubsub.v1.PubsubMessage;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** What is held in memory has an end. */
class MemoryTest {

  @Test
  void backlogsRefuseMoreThanThereIsRoomForAndTakeItWhenThereIsRoomAgain() {
    MemoryLimit memory = new MemoryLimit(100);
    memory.change(90);
    memory.requireRoomFor(10);
    assertThatThrownBy(() -> memory.requireRoomFor(11))
        .isInstanceOfSatisfying(
            StatusRuntimeException.class,
            refusal ->
                assertThat(refusal.getStatus().getCode())
                    .isEqualTo(Status.Code.RESOURCE_EXHAUSTED));
    memory.change(-1);
    memory.requireRoomFor(11);
  }

  @Test
  void aBacklogGivesBackTheBytesOfWhateverLeavesIt() {
    MemoryLimit memory = new MemoryLimit(1_000);
    Backlog backlog = new Backlog("1-", memory::change);
    Instant now = Instant.parse("2026-11-22T10:00:00Z");
    Message message =
        Message.published(
            PubsubMessage.newBuilder().setData(ByteString.copyFrom(new byte[300])).build(),
            "1",
            now);
    for (int i = 0; i < 3; i++) {
      backlog.add(message);
    }
    assertThatThrownBy(() -> memory.requireRoomFor(300)).isInstanceOf(StatusRuntimeException.class);
    backlog.ack(backlog.take(new Grabber(), now), now);
    backlog.dropPublishedUntil(now, now.plus(Duration.ofDays(7)));
    assertThat(backlog.size()).isZero();
    memory.requireRoomFor(1_000);
  }

  @Test
  void aRingForgetsTheOldestByNumberAndByBytes() {
    RingBuffer<Long> ring = new RingBuffer<>(3, 100, size -> size);
    LongStream.rangeClosed(1, 5).forEach(ring::add);
    assertThat(ring.items()).containsExactly(3L, 4L, 5L);
    ring.add(93L);
    assertThat(ring.items()).containsExactly(5L, 93L);
    ring.add(1_000L);
    assertThat(ring.items()).as("one is always kept").containsExactly(1_000L);
  }

  /** Takes whatever there is. */
  private static final class Grabber implements Receiver {
    @Override
    public boolean wants(Instant now) {
      return true;
    }

    @Override
    public Duration ackDeadline() {
      return Duration.ofSeconds(10);
    }

    @Override
    public void reserve(Delivery delivery) {}

    @Override
    public void release(Delivery delivery, Outcome how, Instant now) {}

    @Override
    public void deliver(List<Delivery> deliveries) {}

    @Override
    public void end(RuntimeException why) {}
  }
}
