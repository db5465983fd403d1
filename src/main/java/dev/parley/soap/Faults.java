package dev.parley.soap;

import dev.parley.message.Body;
import dev.parley.message.Fault;
import dev.parley.message.FaultKind;
import java.util.List;

/** The faults that this package itself answers with. */
final class Faults {
  private Faults() {}

  static Refusal refusal(FaultKind kind, String reason, String remedy, String process) {
    return refusal(kind, reason, remedy, new WireFault.Subject(process, null, null));
  }

  static Refusal refusal(FaultKind kind, String reason, String remedy, WireFault.Subject subject) {
    return new Refusal(WireFault.of(Fault.of(kind, reason, remedy), subject));
  }

  static Refusal tooLarge(String reason, String process) {
    var fault =
        WireFault.of(
            Fault.of(FaultKind.INVALID_MESSAGE, reason + ".", "Send a smaller message."),
            new WireFault.Subject(process, null, null));
    return new Refusal(
        new WireFault(
            fault.code(),
            null,
            fault.subcode12(),
            fault.reason(),
            fault.detail(),
            WireFault.Http.TOO_LARGE,
            List.of()));
  }

  /** Whatever nobody expected; the log has more under this incident. */
  static WireFault unexpected(String incident) {
    return new WireFault(
        WireFault.Code.RECEIVER,
        null,
        null,
        "The gateway could not process the message; its log says why at incident " + incident + ".",
        Body.EMPTY,
        WireFault.Http.BY_CODE,
        List.of());
  }
}
