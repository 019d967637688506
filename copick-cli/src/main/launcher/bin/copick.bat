@echo off
rem Runs the copick command of the folder above this one.
setlocal
set "COPICK_HOME=%~dp0.."
set "COPICK_JAVA=java.exe"
if exist "%JAVA_HOME%\bin\java.exe" set "COPICK_JAVA=%JAVA_HOME%\bin\java.exe"
if exist "%COPICK_HOME%\runtime\bin\java.exe" set "COPICK_JAVA=%COPICK_HOME%\runtime\bin\java.exe"

rem Java 24 and later print a warning of four lines about the pure-Java codecs
set "COPICK_MEMORY=--sun-misc-unsafe-memory-access=allow --enable-native-access=ALL-UNNAMED"
"%COPICK_JAVA%" %COPICK_MEMORY% -version >nul 2>&1 || set "COPICK_MEMORY="

set "COPICK_PATH=%COPICK_HOME%\lib\*;%COPICK_HOME%\plugins\*;%USERPROFILE%\.config\copick\plugins\*"
if defined COPICK_PLUGINS set "COPICK_PATH=%COPICK_PATH%;%COPICK_PLUGINS%"
"%COPICK_JAVA%" %COPICK_MEMORY% -XX:+UseSerialGC -Djava.awt.headless=true -Dcopick.program=copick %JAVA_OPTS% -cp "%COPICK_PATH%" org.copick.cli.Main %*
exit /b %ERRORLEVEL%
