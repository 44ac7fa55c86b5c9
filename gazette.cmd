@echo off
rem The gazette command of this project: gazette.cmd check
setlocal
cd /d "%~dp0"
set "PYTHONUTF8=1"
set "NO_MKDOCS_2_WARNING=1"
if not exist ".venv\Scripts\gazette.exe" goto missing
".venv\Scripts\gazette.exe" %*
exit /b %ERRORLEVEL%

:missing
chcp 65001 >nul
echo 还没有安装：请先双击 start.cmd。
echo Not set up yet: double-click start.cmd first.
exit /b 1
