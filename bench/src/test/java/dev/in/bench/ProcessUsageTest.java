package dev.in.bench;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ProcessUsageTest {

  @Test
  void addsUserAndSystemTimeWhateverTheNameIs() {
    String stat = "42 (a) name) S 1 42 42 0 -1 4194560 100 0 0 0 150 25 7 8 20 0 9 0 1234 0";

    ProcessUsage usage = ProcessUsage.parse(stat, "Name:\ta\nVmRSS:\t  2048 kB\nThreads:\t9\n");

    assertThat(usage).isEqualTo(new ProcessUsage(1.75, 2));
  }

  @Test
  void aProcessThatRunsHasUsedSomething() {
    ProcessUsage own = ProcessUsage.of(ProcessHandle.current().pid());

    assertThat(own.cpuSeconds()).isPositive();
    assertThat(own.rssMiB()).isGreaterThan(10);
  }

  @Test
  void bashsTimesHaveThoseOfTheChildrenSecond() {
    assertThat(Chain.childrensCpu("0m0.010s 0m0.020s\n1m2.500s 0m0.750s\n")).isEqualTo(63.25);
  }
}
