package dev.parley.bpmn;

import dev.parley.bpmn.Definitions.CorrelationProperty;
import dev.parley.bpmn.Definitions.ErrorDefinition;
import dev.parley.bpmn.Definitions.EscalationDefinition;
import dev.parley.bpmn.Definitions.ItemDefinition;
import dev.parley.bpmn.Definitions.MessageDefinition;
import dev.parley.bpmn.Definitions.OperationDefinition;
import dev.parley.bpmn.Definitions.SignalDefinition;
import java.util.LinkedHashMap;
import java.util.Map;
import javax.xml.namespace.QName;

/** What a file declares for all of its processes, by id; filled in the order of its fields. */
final class Catalogue {

  final Map<String, ItemDefinition> items = new LinkedHashMap<>();
  final Map<String, MessageDefinition> messages = new LinkedHashMap<>();
  final Map<String, ErrorDefinition> errors = new LinkedHashMap<>();
  final Map<String, SignalDefinition> signals = new LinkedHashMap<>();
  final Map<String, EscalationDefinition> escalations = new LinkedHashMap<>();
  final Map<String, QName> interfaces = new LinkedHashMap<>();
  final Map<String, OperationDefinition> operations = new LinkedHashMap<>();
  final Map<String, CorrelationProperty> correlationProperties = new LinkedHashMap<>();
}
