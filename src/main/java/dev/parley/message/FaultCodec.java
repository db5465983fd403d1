package dev.parley.message;

import javax.xml.namespace.QName;

/** Faults as bytes. */
public final class FaultCodec {
  private static final int DECLARED = 0;
  private static final int GATEWAY = 1;
  private static final int UNDECLARED = 2;

  private FaultCodec() {}

  public static void write(BlobWriter out, Fault fault) {
    switch (fault) {
      case Fault.Declared(var name, var detail, var reason) ->
          out.number(DECLARED).text(name.toString()).bytes(detail.bytes()).text(reason);
      case Fault.Gateway(var kind, var reason, var remedy) ->
          out.number(GATEWAY).text(kind.wireName()).text(reason).text(remedy);
      case Fault.Undeclared(var code, var reason, var detail) ->
          out.number(UNDECLARED).text(code.toString()).text(reason).bytes(detail.bytes());
    }
  }

  /** What {@link #write} wrote; throws IllegalStateException where it is something else. */
  public static Fault read(BlobReader in) {
    int tag = in.integer();
    return switch (tag) {
      case DECLARED -> new Fault.Declared(QName.valueOf(in.text()), Body.of(in.bytes()), in.text());
      case GATEWAY -> new Fault.Gateway(FaultKind.ofWireName(in.text()), in.text(), in.text());
      case UNDECLARED ->
          new Fault.Undeclared(QName.valueOf(in.text()), in.text(), Body.of(in.bytes()));
      default -> throw new IllegalStateException("Unknown kind of fault: " + tag);
    };
  }
}
