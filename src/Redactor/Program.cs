using System.CommandLine;
using Redactor.Cli;

ProcessShield.RefuseDumps();

var root = new RootCommand("Redactor takes OpenTelemetry data, masks secrets and personal data in it, and passes it on.")
{
    RunCommand.Create(),
    PipeCommand.Create(),
    ScanCommand.Create(),
    CheckCommand.Create(),
    ExplainCommand.Create(),
    ImportCommand.Create(),
    HealthcheckCommand.Create(),
    DeadLettersCommand.Create(),
};

return await CommandLine.InvokeAsync(root, args);
