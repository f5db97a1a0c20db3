package org.zegel.app.system;

import com.sun.jna.NativeLibrary;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The rights that new files of this process do not get. */
public final class FileMask {
    private static final Logger LOG = LoggerFactory.getLogger(FileMask.class);
    private static final int ALL_BUT_OWNER = 077;

    private FileMask() {}

    /** From now on every new file, socket and folder of this process is its owner's alone, where a system has modes. */
    public static void keepFilesPrivate() {
        try {
            switch (OperatingSystem.current()) {
                case LINUX, MACOS ->
                    NativeLibrary.getInstance("c").getFunction("umask").invokeInt(new Object[] {ALL_BUT_OWNER});
                case WINDOWS, OTHER -> LOG.debug("files get the rights of their folder");
            }
        } catch (LinkageError missing) {
            LOG.warn("new files get the rights of their folder", missing);
        }
    }
}
