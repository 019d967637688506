@echo off
rem Runs the copick command of the folder above this one.
setlocal EnableExtensions DisableDelayedExpansion
rem in a subroutine, because elsewhere the folder of a quoted "copick" that was found on the PATH is wrong
call :home
set "COPICK_JAVA="
if defined JAVA_HOME call :java "%JAVA_HOME:"=%\bin\java.exe"
call :java "%COPICK_HOME%\runtime\bin\java.exe"
if defined COPICK_JAVA goto found
set "COPICK_JAVA=java.exe"
where /q java.exe
if errorlevel 1 goto older

:found
set "COPICK_PATH=%COPICK_HOME%\lib\*;%COPICK_HOME%\plugins\*;%USERPROFILE%\.config\copick\plugins\*"
if not defined COPICK_PLUGINS goto run
set "COPICK_LIST=%COPICK_PLUGINS:"=%"
for %%p in ("%COPICK_LIST:;=" "%") do (
  call :plugin "%%~p"
  if errorlevel 1 exit /b 1
)

:run
rem Java 24 and later print a warning of four lines about the pure-Java codecs; the property is
rem --sun-misc-unsafe-memory-access=allow, which older Java refuses
"%COPICK_JAVA%" -XX:+UseSerialGC -Djava.awt.headless=true -Dsun.misc.unsafe.memory.access=allow --enable-native-access=ALL-UNNAMED -Dcopick.program=copick %JAVA_OPTS% -cp "%COPICK_PATH%" org.copick.cli.Main %*
set "COPICK_STATUS=%ERRORLEVEL%"
if not "%COPICK_STATUS%"=="1" exit /b %COPICK_STATUS%
rem Java before 17 does not know this option
"%COPICK_JAVA%" --enable-native-access=ALL-UNNAMED -version >nul 2>&1
if not errorlevel 1 exit /b 1

:older
echo copick: Java 17 or later is needed; install it or set JAVA_HOME>&2
exit /b 1

:home
set "COPICK_HOME=%~dp0.."
exit /b 0

:java
if exist %1 set "COPICK_JAVA=%~1"
exit /b 0

rem jars, folders of jars and folders of classes
:plugin
if "%~1"=="" exit /b 0
if not exist "%~1" goto missing
set "COPICK_PATH=%COPICK_PATH%;%~1"
if exist "%~1\*" set "COPICK_PATH=%COPICK_PATH%;%~1\*"
exit /b 0

:missing
echo copick: COPICK_PLUGINS names %1, which does not exist>&2
exit /b 1
