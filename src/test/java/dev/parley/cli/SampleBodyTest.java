package dev.parley.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.StringReader;
import java.util.List;
import javax.xml.namespace.QName;
import javax.xml.transform.stream.StreamSource;
import javax.xml.validation.SchemaFactory;
import org.junit.jupiter.api.Test;

class SampleBodyTest {
  private static final String SCHEMA =
      """
      <xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns="urn:e"
          targetNamespace="urn:e" elementFormDefault="qualified">
        <xs:element name="offer" type="offer"/>
        <xs:complexType name="priced">
          <xs:sequence>
            <xs:element name="price" type="price"/>
            <xs:element name="until" type="xs:dateTime" minOccurs="0"/>
          </xs:sequence>
          <xs:attribute name="version" type="xs:int" use="required"/>
        </xs:complexType>
        <xs:complexType name="offer">
          <xs:complexContent>
            <xs:extension base="priced">
              <xs:sequence>
                <xs:choice><xs:element name="by" type="xs:string"/><xs:any namespace="##other"/></xs:choice>
                <xs:element ref="part" maxOccurs="unbounded"/>
                <xs:group ref="notes"/>
                <xs:element name="kind"><xs:simpleType><xs:restriction base="xs:string">
                  <xs:enumeration value="firm"/><xs:enumeration value="open"/>
                </xs:restriction></xs:simpleType></xs:element>
                <xs:element name="plain" type="xs:boolean" form="unqualified"/>
              </xs:sequence>
            </xs:extension>
          </xs:complexContent>
        </xs:complexType>
        <xs:complexType name="price">
          <xs:simpleContent>
            <xs:extension base="amount"><xs:attribute name="currency" use="required"/></xs:extension>
          </xs:simpleContent>
        </xs:complexType>
        <xs:simpleType name="amount">
          <xs:restriction base="xs:decimal"><xs:minInclusive value="10"/></xs:restriction>
        </xs:simpleType>
        <xs:group name="notes"><xs:sequence><xs:element name="note" default="none"/></xs:sequence></xs:group>
        <xs:element name="part">
          <xs:complexType>
            <xs:sequence>
              <xs:element name="days" type="xs:duration"/>
              <xs:element ref="part" minOccurs="0"/>
            </xs:sequence>
          </xs:complexType>
        </xs:element>
      </xs:schema>
      """;

  @Test
  void an_example_has_everything_once_and_is_valid() throws Exception {
    var sample =
        new SampleBody(new SchemaDeclarations(List.of(XmlTree.read(SCHEMA.getBytes(UTF_8)))))
            .of(new QName("urn:e", "offer"));

    String xml = XmlTree.pretty(sample);

    SchemaFactory.newDefaultInstance()
        .newSchema(new StreamSource(new StringReader(SCHEMA)))
        .newValidator()
        .validate(new StreamSource(new StringReader(xml)));
    assertThat(xml)
        .contains("version=\"1\"", "<price currency=\"currency-1\">10</price>", "<kind>firm</kind>")
        .contains("<note>none</note>", "<by>by-1</by>", "<plain xmlns=\"\">true</plain>");
  }
}
