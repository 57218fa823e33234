using System.CommandLine;
using Redactor.Bench;

var root = new RootCommand("Measures Redactor: one command a question.")
{
    ScanCommand.Create(),
    HopCommand.Create(),
    LeakCommand.Create(),
    FilterCommand.Create(),
    ExactCommand.Create(),
    StatisticsCommand.Create(),
};

return await root.Parse(args).InvokeAsync();
