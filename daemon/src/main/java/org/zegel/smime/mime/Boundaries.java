package org.zegel.smime.mime;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.zegel.model.Finding;

/** The boundaries of the multiparts that are open, and the last one met. */
final class Boundaries {
    private record Open(byte[] boundary, Set<Finding> defects) {}

    private final List<Open> open = new ArrayList<>();
    private int level = -1;
    private boolean closes;
    private long at;

    /** Opens a multipart; gives its level. */
    int open(byte[] boundary, Set<Finding> defects) {
        for (Open around : open) {
            if (Arrays.equals(around.boundary, boundary)) {
                around.defects.add(Finding.AMBIGUOUS_BOUNDARY);
                defects.add(Finding.AMBIGUOUS_BOUNDARY);
            }
        }
        open.add(new Open(boundary, defects));
        return open.size() - 1;
    }

    void closeInnermost() {
        open.removeLast();
    }

    boolean isEmpty() {
        return open.isEmpty();
    }

    /** The end of the content was met, no boundary. */
    void meetNone() {
        level = -1;
    }

    /** Which multipart the boundary last met belongs to; -1 after the end of the content. */
    int level() {
        return level;
    }

    /** Whether it ends that multipart. */
    boolean closes() {
        return closes;
    }

    /** Where the part before it ends. */
    long at() {
        return at;
    }

    /** Whether the current line is a boundary; the innermost multipart that it fits wins. */
    boolean meet(LineReader lines) {
        byte[] text = lines.text();
        int length = lines.length();
        if (length < 3 || text[0] != '-' || text[1] != '-') {
            return false;
        }
        while (text[length - 1] == ' ' || text[length - 1] == '\t') {
            length--;
        }
        boolean met = false;
        for (int i = open.size() - 1; i >= 0; i--) {
            byte[] boundary = open.get(i).boundary;
            int rest = length - 2 - boundary.length;
            if (rest < 0 || !Arrays.equals(text, 2, 2 + boundary.length, boundary, 0, boundary.length)) {
                continue;
            }
            boolean ends = rest == 2 && text[length - 1] == '-' && text[length - 2] == '-';
            if (!met && lines.complete() && (rest == 0 || ends)) {
                met = true;
                level = i;
                closes = ends;
                at = lines.startOfPrecedingLineEnd();
            } else {
                // Some readers look at the beginning of the line only, or take the outermost that fits.
                open.get(i).defects.add(Finding.AMBIGUOUS_BOUNDARY);
            }
        }
        return met;
    }
}
