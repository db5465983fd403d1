package dev.parley.soap;

import java.nio.file.Path;
import javax.wsdl.Definition;
import javax.wsdl.WSDLException;
import org.apache.cxf.Bus;
import org.apache.cxf.BusException;
import org.apache.cxf.bus.extension.ExtensionManagerBus;
import org.apache.cxf.ws.policy.PolicyEngine;
import org.apache.cxf.wsdl11.WSDLManagerImpl;
import org.jspecify.annotations.Nullable;

/** CXF's bus, with its log in ours and its cache of WSDL documents out of the way. */
final class CxfBus {
  private CxfBus() {}

  static Bus create() {
    // Read once, when CXF's first class is loaded.
    System.setProperty("org.apache.cxf.Logger", "org.apache.cxf.common.logging.Slf4jLogger");
    var bus = new ExtensionManagerBus();
    @Nullable PolicyEngine policies = bus.getExtension(PolicyEngine.class);
    if (policies != null) {
      // It would add interceptors that expect CXF's own reading of envelopes.
      policies.setEnabled(false);
    }
    return bus;
  }

  /** Reads documents afresh: CXF would take an edited file for the one that it has seen. */
  static final class Documents extends WSDLManagerImpl {
    Documents(Bus bus) throws BusException {
      setBus(bus);
    }

    Definition read(Path file) throws WSDLException {
      return loadDefinition(file.toUri().toString());
    }
  }
}
