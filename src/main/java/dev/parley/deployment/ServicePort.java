package dev.parley.deployment;

import dev.parley.wsdl.Interface;
import dev.parley.wsdl.Port;
import dev.parley.wsdl.SchemaSet;
import java.nio.file.Path;

/**
 * A port that a process provides or calls.
 *
 * @param process key of the process
 * @param port from the WSDL
 * @param wsdl the document that declares the port
 * @param schemas of the contract, compiled
 */
public record ServicePort(
    String process, Interface service, Port port, Path wsdl, SchemaSet schemas) {}
