package org.zegel.content;

import java.io.ByteArrayInputStream;
import java.io.InputStream;

/** A content that is one array. */
record MemoryContent(byte[] array) implements Content {
    @Override
    public long size() {
        return array.length;
    }

    @Override
    public InputStream open() {
        return new ByteArrayInputStream(array);
    }

    @Override
    public String toString() {
        return "MemoryContent[" + array.length + " bytes]";
    }
}
