package org.zegel.model;

/** Counts bytes and reports them every {@link Progress#STEP}, so that a streaming loop need not. */
public final class ProgressSteps {
    private final Progress progress;
    private final long total;
    private long done;
    private long reported;

    /** Of a total, -1 where it is not known. */
    public ProgressSteps(Progress progress, long total) {
        this.progress = progress;
        this.total = total;
    }

    /** So many bytes more are done. */
    public void advance(int count) {
        done += count;
        if (done - reported >= Progress.STEP) {
            reported = done;
            progress.report(done, total);
        }
    }
}
