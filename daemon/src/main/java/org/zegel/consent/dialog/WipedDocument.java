package org.zegel.consent.dialog;

import java.util.ArrayList;
import java.util.List;
import javax.swing.text.AttributeSet;
import javax.swing.text.BadLocationException;
import javax.swing.text.GapContent;
import javax.swing.text.PlainDocument;
import javax.swing.undo.UndoableEdit;
import org.jspecify.annotations.Nullable;

/** What a password field holds: of limited length, and wiped from every array that it ever was in. */
final class WipedDocument extends PlainDocument {
    private static final long serialVersionUID = 1L;

    /** Longest secret that can be typed, in characters. */
    static final int MAX_LENGTH = 1024;

    private final transient Content content;

    WipedDocument() {
        this(new Content());
    }

    private WipedDocument(Content content) {
        super(content);
        this.content = content;
    }

    @Override
    public void insertString(int offset, String text, @Nullable AttributeSet attributes) throws BadLocationException {
        if (getLength() + text.length() <= MAX_LENGTH) {
            super.insertString(offset, text, attributes);
        }
    }

    /** Overwrites what was typed, then empties the document. */
    void wipe() {
        writeLock();
        try {
            content.wipe();
        } finally {
            writeUnlock();
        }
        try {
            remove(0, getLength());
        } catch (BadLocationException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** Remembers the arrays that the text grew out of. */
    private static final class Content extends GapContent {
        private static final long serialVersionUID = 1L;

        /** Made by the first call, which comes from the constructor of the class above. */
        private transient @Nullable List<char[]> arrays;

        Content() {
            super(MAX_LENGTH);
        }

        @Override
        protected Object allocateArray(int length) {
            char[] array = new char[length];
            if (arrays == null) {
                arrays = new ArrayList<>();
            }
            arrays.add(array);
            return array;
        }

        /** Nothing is undone here; the usual way would keep a copy of what is removed. */
        @Override
        @SuppressWarnings("NullAway") // The document takes null for an edit that cannot be undone.
        public UndoableEdit remove(int where, int items) throws BadLocationException {
            if (where + items >= length()) {
                throw new BadLocationException("Invalid remove", length() + 1);
            }
            replace(where, items, new char[0], 0);
            return null;
        }

        /** The line's end is the content's own and stays. */
        void wipe() {
            if (arrays != null) {
                for (char[] array : arrays) {
                    for (int i = 0; i < array.length; i++) {
                        array[i] = array[i] == '\n' ? '\n' : '\0';
                    }
                }
            }
        }
    }
}
