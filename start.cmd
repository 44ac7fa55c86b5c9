@echo off
rem Sets up this project where that is needed, and opens the editor's desk.
setlocal
cd /d "%~dp0"
set "PYTHONUTF8=1"
set "NO_MKDOCS_2_WARNING=1"
chcp 65001 >nul
if exist ".venv\Scripts\python.exe" goto install

set "PYTHON="
for %%V in (3.14 3.13 3.12 3.11) do if not defined PYTHON py -%%V -c "" >nul 2>nul && set "PYTHON=py -%%V"
if not defined PYTHON python -c "import sys; sys.exit(sys.version_info < (3, 11))" >nul 2>nul && set "PYTHON=python"
if not defined PYTHON goto nopython
%PYTHON% -m venv .venv
if errorlevel 1 goto failed

:install
fc /b requirements-edit.lock ".venv\installed.lock" >nul 2>nul && goto open
echo 正在安装，需要几分钟。
echo Setting up; this takes some minutes.
".venv\Scripts\python.exe" -m pip install --quiet --require-hashes -r requirements.lock
if errorlevel 1 goto failed
".venv\Scripts\python.exe" -m pip install --quiet --require-hashes -r requirements-edit.lock
if errorlevel 1 goto failed
".venv\Scripts\python.exe" -m pip install --quiet --no-deps -e .
if errorlevel 1 goto failed
copy /y requirements-edit.lock ".venv\installed.lock" >nul

:open
".venv\Scripts\gazette.exe" edit
if errorlevel 1 pause
exit /b 0

:nopython
echo 没有找到 Python 3.11 或更新的版本：请到 python.org 下载安装，勾选“Add python.exe to PATH”，再双击 start.cmd。
echo Python 3.11 or newer was not found: get it from python.org, tick "Add python.exe to PATH", then double-click start.cmd again.
pause
exit /b 1

:failed
echo 安装没有完成：请检查网络，再双击 start.cmd；仍不行，请把上面的文字发给维护网站的人。
echo Setting up did not finish: check the network and double-click start.cmd again; if it fails again, send the text above to whoever maintains the site.
pause
exit /b 1
