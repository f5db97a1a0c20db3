package org.zegel.protocol;

import com.code_intelligence.jazzer.junit.FuzzTest;

/** Whatever comes in, parsing gives a call, a cancellation or an error that names its code; never an exception. */
class JsonRpcFuzzTest {
    @FuzzTest(maxDuration = "20s")
    void parsesOrRefuses(byte[] input) {
        Incoming incoming = JsonRpc.parse(input);
        if (incoming == null) {
            throw new AssertionError("no answer");
        }
    }
}
