package dev.parley.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** One gateway for one data folder: a lock that its process's death releases, too. */
final class FolderLock implements AutoCloseable {
  private static final String FILE = "parley.lock";
  private static final int LONGEST_PID = 20;

  // POSIX drops a process's lock when it closes any channel to the file, so a second attempt in
  // this process must not even open it.
  private static final Set<Path> HELD_HERE = ConcurrentHashMap.newKeySet();

  private final Path folder;
  private final FileChannel channel;

  private FolderLock(Path folder, FileChannel channel) {
    this.folder = folder;
    this.channel = channel;
  }

  /** Makes the folder where it is missing. */
  static FolderLock take(Path dataFolder) throws StoreUnusable {
    Path folder = made(dataFolder);
    if (!HELD_HERE.add(folder)) {
      throw StoreUnusable.inUse(folder, "another gateway in this process");
    }
    boolean taken = false;
    try {
      var lock = new FolderLock(folder, locked(folder));
      taken = true;
      return lock;
    } finally {
      if (!taken) {
        HELD_HERE.remove(folder);
      }
    }
  }

  @Override
  public void close() throws IOException {
    channel.close();
    HELD_HERE.remove(folder);
  }

  private static Path made(Path folder) throws StoreUnusable {
    try {
      return Files.createDirectories(folder).toRealPath();
    } catch (IOException e) {
      throw StoreUnusable.notWritable(folder, e);
    }
  }

  // The channel stays open for as long as the lock is held.
  @SuppressWarnings("resource")
  private static FileChannel locked(Path folder) throws StoreUnusable {
    try {
      var channel =
          FileChannel.open(
              folder.resolve(FILE),
              StandardOpenOption.CREATE,
              StandardOpenOption.READ,
              StandardOpenOption.WRITE);
      if (channel.tryLock() == null) {
        String holder = holder(channel);
        channel.close();
        throw StoreUnusable.inUse(folder, holder);
      }
      channel.truncate(0);
      channel.write(ascii(Long.toString(ProcessHandle.current().pid())));
      return channel;
    } catch (IOException e) {
      throw StoreUnusable.notWritable(folder, e);
    }
  }

  private static String holder(FileChannel channel) throws IOException {
    var bytes = ByteBuffer.allocate(LONGEST_PID);
    channel.read(bytes, 0);
    String pid = StandardCharsets.US_ASCII.decode(bytes.flip()).toString();
    return pid.matches("\\d+") ? "process " + pid : "another process";
  }

  private static ByteBuffer ascii(String text) {
    return StandardCharsets.US_ASCII.encode(text);
  }
}
