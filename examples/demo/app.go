package main

import (
	"os"
	"strconv"
)

// manage returns one of the app's management commands.
func (d *demo) manage(task string) command {
	return command{
		name: task,
		path: d.bin("python"),
		args: []string{"manage.py", task},
		dir:  d.config.AppDir,
		env:  d.appEnv(),
	}
}

// underGunicorn returns the command that serves the app on loopback, as on a laptop.
func (d *demo) underGunicorn() command {
	return command{
		name: "app",
		path: d.bin("gunicorn"),
		args: []string{"demo.wsgi", "--bind", d.config.AppPort.address()},
		dir:  d.config.AppDir,
		env:  d.appEnv(),
	}
}

// underHeroku returns the command that serves the app by its Procfile.
func (d *demo) underHeroku() command {
	return command{
		name: "app",
		path: "heroku",
		args: []string{"local", "web", "--port", strconv.Itoa(d.config.AppPort.number)},
		dir:  d.config.AppDir,
		env: append(d.appEnv(),
			"DISABLE_TELEMETRY=true",         // else the CLI leaves a process behind that sends usage data
			"HEROKU_DISABLE_AUTOUPDATE=true", // and one that updates it
		),
	}
}

// appEnv returns the app's environment. Its Akita settings are in its settings.py, except
// for the daemon's address, which the demo chooses.
func (d *demo) appEnv() []string {
	return []string{
		"AKITA_DAEMON_HOST=" + d.config.DaemonPort.address(),
		"DATA_DIR=" + d.data("app-data"),
		"PATH=" + d.bin("") + string(os.PathListSeparator) + os.Getenv("PATH"),
		"PYTHONUNBUFFERED=1",
		"WEB_CONCURRENCY=" + strconv.Itoa(workers),
	}
}
