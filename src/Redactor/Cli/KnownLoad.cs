using Redactor.Known;

namespace Redactor.Cli;

/// <summary>Reads the known secrets before anything else is read: nothing may go out before all are known.</summary>
internal static class KnownLoad
{
    /// <summary>Reads the sources, or says on standard error which can't be read.</summary>
    /// <param name="options">The sources; null: there are none.</param>
    /// <param name="loggers">The program's log.</param>
    /// <returns>Whether all could be read, and the store; null where there are no sources.</returns>
    public static async Task<(bool Complete, KnownStore? Store)> ReadAsync(KnownOptions? options, ILoggerFactory loggers)
    {
        if (options is null)
        {
            return (true, null);
        }

        var store = new KnownStore(options, TimeProvider.System, loggers.CreateLogger("Redactor.Known"));
        await store.RefreshAsync(CancellationToken.None);
        foreach (string problem in store.Problems)
        {
            await Console.Error.WriteLineAsync($"redactor: known_secrets: {problem}");
        }

        return (store.Problems.Count == 0, store);
    }
}
