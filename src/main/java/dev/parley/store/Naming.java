package dev.parley.store;

import dev.parley.message.OperationName;

/** What the numbers in rows stand for: keys of processes and names of operations. */
interface Naming {
  String process(int number);

  OperationName operation(int number);
}
