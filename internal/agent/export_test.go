package agent

// These are for package agent_test.
var (
	DataDirName = dataDirName
	ExposesKey  = exposesKey
)
