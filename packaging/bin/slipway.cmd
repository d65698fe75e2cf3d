@echo off
rem Starts Slipway: no argument opens the window, anything else is a command.
setlocal
set "LIB=%~dp0..\lib"
set "JAVA="
for %%D in ("%JAVA_HOME%" "%JAVA25_HOME%") do if exist "%%~D\bin\java.exe" call :consider "%%~D"
for /d %%D in ("%ProgramFiles%\Eclipse Adoptium\*" "%ProgramFiles%\Java\*" "%ProgramFiles%\Microsoft\jdk*" "%USERPROFILE%\.jdks\*") do call :consider "%%~D"
if not defined JAVA (
  echo Slipway needs a JDK 25 or newer and found none: install Temurin 25 or set JAVA_HOME to one. 1>&2
  exit /b 2
)
rem What Java writes when it crashes belongs to the person.
set "CRASH=%LOCALAPPDATA%\Slipway\crash-%%p.txt"
if not exist "%LOCALAPPDATA%\Slipway" mkdir "%LOCALAPPDATA%\Slipway"
"%JAVA%\bin\java.exe" --module-path="%LIB%\javafx" --add-modules=javafx.controls,javafx.fxml --enable-native-access=javafx.graphics,ALL-UNNAMED --add-exports=javafx.base/com.sun.javafx.event=ALL-UNNAMED --add-opens=javafx.controls/javafx.scene.control.skin=ALL-UNNAMED --add-opens=javafx.graphics/javafx.scene=ALL-UNNAMED -Dprism.lcdtext=false -XX:TieredStopAtLevel=1 -XX:-HeapDumpOnOutOfMemoryError -XX:+DisableAttachMechanism -XX:-CreateCoredumpOnCrash "-XX:ErrorFile=%CRASH%" -cp "%LIB%\*" dev.slipway.Main %*
exit /b %ERRORLEVEL%

:consider
if defined JAVA goto :eof
if not exist "%~1\release" goto :eof
for /f "tokens=2 delims==" %%V in ('findstr /b "JAVA_VERSION=" "%~1\release"') do for /f "delims=." %%M in ("%%~V") do if %%M GEQ 25 set "JAVA=%~1"
goto :eof
