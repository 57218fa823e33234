using System.CommandLine;
using Redactor.Bench;
using Redactor.Bench.Hostile;
using Redactor.Bench.Suites;

var root = new RootCommand("Measures Redactor: one command a question.")
{
    ScanCommand.Create(),
    RedactCommand.Create(),
    HopCommand.Create(),
    KafkaCommand.Create(),
    LeakCommand.Create(),
    LoadCommand.Create(),
    FilterCommand.Create(),
    ExactCommand.Create(),
    KnownCommand.Create(),
    GrowthCommand.Create(),
    SuitesCommand.Create(),
    StatisticsCommand.Create(),
    CommonTextsCommand.Create(),
    HostileCommand.Create(),
};

return await root.Parse(args).InvokeAsync();
