package dev.parley.deployment;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Where a message to a partner goes, as far as a deployment can say. */
public sealed interface Destination {
  /** Before the key of a process, in the address of a process that this gateway hosts. */
  String PROCESS = "urn:parley:process:";

  /** A URI. */
  String address();

  /** The partner's port, which says how a message is written; empty where it has none. */
  Optional<ServicePort> contract();

  /** An address that the model or the configuration chose. */
  record Endpoint(ServicePort partner, String address) implements Destination {
    @Override
    public Optional<ServicePort> contract() {
      return Optional.of(partner);
    }
  }

  /**
   * Nobody chose: a process of another bundle, where exactly one provides the interface when the
   * message is sent; else the port's own address.
   */
  record Port(ServicePort partner) implements Destination {
    @Override
    public String address() {
      return partner.port().address();
    }

    @Override
    public Optional<ServicePort> contract() {
      return Optional.of(partner);
    }
  }

  /** Only an instance knows, from a message: the partner's port says how it is written. */
  record Unknown(ServicePort partner) implements Destination {
    @Override
    public String address() {
      return "";
    }

    @Override
    public Optional<ServicePort> contract() {
      return Optional.of(partner);
    }
  }

  /**
   * A process of this gateway.
   *
   * @param partner how it is written where an instance knows another address; null where the
   *     interface has no port
   */
  record Hosted(String process, @Nullable ServicePort partner) implements Destination {
    /** Where nothing else is known. */
    public Hosted(String process) {
      this(process, null);
    }

    @Override
    public String address() {
      return PROCESS + process;
    }

    @Override
    public Optional<ServicePort> contract() {
      return Optional.ofNullable(partner);
    }
  }

  /** The key of the hosted process that an address names. */
  static Optional<String> process(String address) {
    return address.startsWith(PROCESS)
        ? Optional.of(address.substring(PROCESS.length()))
        : Optional.empty();
  }
}
