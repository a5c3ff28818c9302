package main

import (
	"os"
	"strconv"
)

// manage is one of the app's management commands.
func (d *demo) manage(task string) command {
	return command{
		name: task,
		path: d.bin("python"),
		args: []string{"manage.py", task},
		dir:  d.config.AppDir,
		env:  d.appEnv(),
	}
}

// underGunicorn serves the app as a laptop would, on loopback only.
func (d *demo) underGunicorn() command {
	return command{
		name: "app",
		path: d.bin("gunicorn"),
		args: []string{"demo.wsgi", "--bind", d.config.AppPort.address()},
		dir:  d.config.AppDir,
		env:  d.appEnv(),
	}
}

// underHeroku serves the app as its Procfile says.
func (d *demo) underHeroku() command {
	return command{
		name: "app",
		path: "heroku",
		args: []string{"local", "web", "--port", strconv.Itoa(d.config.AppPort.number)},
		dir:  d.config.AppDir,
		env: append(d.appEnv(),
			"DISABLE_TELEMETRY=true",         // the CLI would leave a process behind that calls home
			"HEROKU_DISABLE_AUTOUPDATE=true", // and another that updates it
		),
	}
}

// appEnv is what the app is told. Its Akita settings stand in its settings.py; only
// the daemon's port is the demo's to choose.
func (d *demo) appEnv() []string {
	return []string{
		"AKITA_DAEMON_HOST=" + d.config.DaemonPort.address(),
		"DATA_DIR=" + d.data("app-data"),
		"PATH=" + d.bin("") + string(os.PathListSeparator) + os.Getenv("PATH"),
		"PYTHONUNBUFFERED=1",
		"WEB_CONCURRENCY=" + strconv.Itoa(workers),
	}
}
