package dev.parley.conformance.crash;

import java.util.concurrent.CountDownLatch;

/** Open while the gateway serves: nobody knocks at a house that is known to be down. */
final class Gate {
  private volatile CountDownLatch opening = new CountDownLatch(1);

  void open() {
    opening.countDown();
  }

  void shut() {
    // Whoever waits already must see the next opening.
    if (opening.getCount() == 0) {
      opening = new CountDownLatch(1);
    }
  }

  void await() throws InterruptedException {
    opening.await();
  }
}
