@echo off
rem Zegel with its own Java run-time. ZEGEL_JAVA_OPTIONS reaches the JVM.
"%~dp0..\runtime\bin\java.exe" -XX:+UseSerialGC -XX:+DisableAttachMechanism -XX:-CreateCoredumpOnCrash -Xlog:disable -Xlog:all=error:stderr --enable-native-access=ALL-UNNAMED "-Dzegel.launcher=%~dp0zegel.cmd" %ZEGEL_JAVA_OPTIONS% -cp "%~dp0..\lib\zegel.jar" org.zegel.app.Main %*
