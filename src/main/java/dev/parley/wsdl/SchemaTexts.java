package dev.parley.wsdl;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import javax.xml.XMLConstants;

/**
 * The schemas of a bundle under addresses that nothing but this map answers; each namespace has an
 * address too, which includes all its schemas: what imports one of them sees them all.
 *
 * @param files the file each schema came from
 * @param made the texts of those that came from no file
 * @param fast whether {@link FastValidation} suits them all
 */
record SchemaTexts(
    Map<String, String> texts,
    Map<String, String> files,
    List<String> namespaces,
    List<String> made,
    boolean fast) {
  static final String ADDRESS = "parley://";
  static final String ALL = ADDRESS + "all";
  private static final String NAMESPACE = ADDRESS + "namespace/";

  /** Schemas import it without a location, or from w3.org. */
  private static final String XML_NAMESPACE =
      """
      <xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema"
          targetNamespace="http://www.w3.org/XML/1998/namespace">
        <xs:attribute name="lang" type="xs:string"/>
        <xs:attribute name="space">
          <xs:simpleType>
            <xs:restriction base="xs:NCName">
              <xs:enumeration value="default"/>
              <xs:enumeration value="preserve"/>
            </xs:restriction>
          </xs:simpleType>
        </xs:attribute>
        <xs:attribute name="base" type="xs:anyURI"/>
        <xs:attribute name="id" type="xs:ID"/>
        <xs:attributeGroup name="specialAttrs">
          <xs:attribute ref="xml:base"/>
          <xs:attribute ref="xml:lang"/>
          <xs:attribute ref="xml:space"/>
          <xs:attribute ref="xml:id"/>
        </xs:attributeGroup>
      </xs:schema>
      """;

  SchemaTexts {
    texts = Map.copyOf(texts);
    files = Map.copyOf(files);
    namespaces = List.copyOf(namespaces);
    made = List.copyOf(made);
  }

  static boolean isBuiltIn(String namespace) {
    return namespace.equals(XMLConstants.XML_NS_URI);
  }

  static String addressOf(String namespace) {
    return NAMESPACE + HexFormat.of().formatHex(namespace.getBytes(StandardCharsets.UTF_8));
  }

  /** What stands at an address; an empty schema where nothing does, which a finding explains. */
  String at(String address) {
    if (address.equals(ALL)) {
      return all();
    }
    return address.equals(addressOf(XMLConstants.XML_NS_URI))
        ? XML_NAMESPACE
        : texts.getOrDefault(address, start("") + "</xs:schema>");
  }

  static String including(String namespace, List<String> addresses) {
    var text = new StringBuilder(start(namespace));
    addresses.forEach(a -> text.append("<xs:include schemaLocation=\"" + a + "\"/>"));
    return text.append("</xs:schema>").toString();
  }

  private String all() {
    var text = new StringBuilder(start("urn:parley:all"));
    for (var namespace : namespaces) {
      text.append("<xs:import schemaLocation=\"").append(addressOf(namespace)).append('"');
      namespaceAttribute(text, " namespace", namespace);
      text.append("/>");
    }
    return text.append("</xs:schema>").toString();
  }

  private static String start(String targetNamespace) {
    var text = new StringBuilder("<xs:schema xmlns:xs=\"http://www.w3.org/2001/XMLSchema\"");
    namespaceAttribute(text, " targetNamespace", targetNamespace);
    return text.append('>').toString();
  }

  private static void namespaceAttribute(StringBuilder text, String name, String namespace) {
    if (!namespace.isEmpty()) {
      text.append(name).append("=\"").append(SchemaText.escaped(namespace)).append('"');
    }
  }
}
