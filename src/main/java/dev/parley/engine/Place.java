package dev.parley.engine;

import dev.parley.deployment.ExecutableProcess.Node;

/** A node in one of the scopes that have it. */
record Place(int scope, Node node) {
  String id() {
    return node.id();
  }

  Place at(Node other) {
    return new Place(scope, other);
  }
}
