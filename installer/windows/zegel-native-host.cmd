@echo off
rem What a browser starts: a host manifest can only name a program without arguments.
call "%~dp0zegel.cmd" native-host %*
