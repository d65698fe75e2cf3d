@echo off
rem Runs the Maven named in .mvn\wrapper\maven-wrapper.properties on a JDK 25 or newer.
setlocal
set "FOUND="
for %%D in ("%JAVA_HOME%" "%JAVA25_HOME%") do if exist "%%~D\bin\java.exe" call :consider "%%~D"
for /d %%D in ("%ProgramFiles%\Eclipse Adoptium\*" "%ProgramFiles%\Java\*" "%ProgramFiles%\Microsoft\jdk*" "%USERPROFILE%\.jdks\*") do call :consider "%%~D"
if not defined FOUND (
  echo Slipway needs a JDK 25 or newer and found none: install Temurin 25 or set JAVA_HOME to one. 1>&2
  exit /b 1
)
set "JAVA_HOME=%FOUND%"
for /f "usebackq tokens=1,* delims==" %%A in ("%~dp0.mvn\wrapper\maven-wrapper.properties") do set "%%A=%%B"
for %%F in ("%distributionUrl%") do set "ARCHIVE=%%~nxF"
set "NAME=%ARCHIVE:-bin.tar.gz=%"
set "HOME_DIR=%USERPROFILE%\.m2\wrapper\slipway\%NAME%"
if not exist "%HOME_DIR%\bin\mvn.cmd" (
  echo Downloading %NAME% 1>&2
  powershell -NoProfile -Command "$ErrorActionPreference='Stop'; $p='%HOME_DIR%.partial'; Remove-Item -Recurse -Force $p -ErrorAction Ignore; New-Item -ItemType Directory -Force $p | Out-Null; $f=Join-Path $p '%ARCHIVE%'; Invoke-WebRequest -UseBasicParsing '%distributionUrl%' -OutFile $f; if ((Get-FileHash $f -Algorithm SHA256).Hash.ToLower() -ne '%distributionSha256Sum%') { Remove-Item -Recurse -Force $p; throw 'The downloaded Maven has another SHA-256; it was thrown away.' }; tar -xzf $f -C $p; Move-Item (Join-Path $p '%NAME%') '%HOME_DIR%'; Remove-Item -Recurse -Force $p" || exit /b 1
)
call "%HOME_DIR%\bin\mvn.cmd" %*
exit /b %ERRORLEVEL%

:consider
if defined FOUND goto :eof
if not exist "%~1\release" goto :eof
for /f "tokens=2 delims==" %%V in ('findstr /b "JAVA_VERSION=" "%~1\release"') do for /f "delims=." %%M in ("%%~V") do if %%M GEQ 25 set "FOUND=%~1"
goto :eof
