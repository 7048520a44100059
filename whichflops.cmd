@echo off
rem Runs the command line from a clone: builds the jar when it is missing or older than the sources, then starts it.
rem Needs a JDK (17 or newer) and, to build, Maven. WHICHFLOPS_JAVA_OPTS adds options for the JVM.
setlocal
set "ROOT=%~dp0"
set "TARGET=%ROOT%reports\cli\target"
set "JAR=%TARGET%\whichflops.jar"

set "JAVA=java.exe"
if defined JAVA_HOME if exist "%JAVA_HOME%\bin\java.exe" set "JAVA=%JAVA_HOME%\bin\java.exe"
if not "%JAVA%"=="java.exe" goto have_java
where /q java.exe
if errorlevel 1 goto no_java

:have_java
if not exist "%JAR%" goto build
powershell -NoProfile -Command "Set-Location -LiteralPath $env:ROOT; $built = (Get-Item -LiteralPath $env:JAR).LastWriteTime; $made_of = @(Get-Item pom.xml, *\*\pom.xml) + @(Get-ChildItem *\*\src\main -Recurse); if ($made_of | Where-Object { $_.LastWriteTime -gt $built }) { exit 1 }"
if errorlevel 1 goto build

:start
"%JAVA%" -XX:TieredStopAtLevel=1 -XX:Tier3BackEdgeThreshold=10000 -XX:C1MaxInlineSize=12 -XX:NewSize=96m -XX:+UseG1GC %WHICHFLOPS_JAVA_OPTS% -cp "%JAR%" org.whichflops.cli.Main %*
exit /b %ERRORLEVEL%

:build
where /q mvn
if errorlevel 1 goto no_maven
echo whichflops: building (first use or sources changed); this takes about a minute ... 1>&2
if not exist "%TARGET%" mkdir "%TARGET%"
pushd "%ROOT%"
call mvn -q -B -Dquick package -pl reports/cli -am >"%TARGET%\build.log" 2>&1
set "STATUS=%ERRORLEVEL%"
popd
if "%STATUS%"=="0" goto start
type "%TARGET%\build.log" 1>&2
echo whichflops: the build failed; all it said is above and in %TARGET%\build.log 1>&2
exit /b 1

:no_java
echo whichflops: needs Java 17 or newer: no java in JAVA_HOME or on the PATH 1>&2
exit /b 1

:no_maven
echo whichflops: needs Maven to build (first use or sources changed): no mvn on the PATH 1>&2
exit /b 1
