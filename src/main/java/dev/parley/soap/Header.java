package dev.parley.soap;

import dev.parley.message.Body;
import java.util.List;
import javax.xml.namespace.QName;

/**
 * What an envelope's header says.
 *
 * @param blocks those that are for us and not WS-Addressing's own, in their order
 * @param notUnderstood blocks that must be understood, and are not
 */
record Header(Addressing addressing, List<Body> blocks, List<QName> notUnderstood) {
  static final Header NONE = new Header(Addressing.NONE, List.of(), List.of());

  Header {
    blocks = List.copyOf(blocks);
    notUnderstood = List.copyOf(notUnderstood);
  }

  /** To be written. */
  Header(Addressing addressing, List<Body> blocks) {
    this(addressing, blocks, List.of());
  }
}
