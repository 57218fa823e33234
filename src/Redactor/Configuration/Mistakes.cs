using YamlDotNet.RepresentationModel;

namespace Redactor.Configuration;

/// <summary>Collects everything that is wrong in one file, so that all of it is told at once.</summary>
/// <param name="file">The file as it was named.</param>
internal sealed class Mistakes(string file)
{
    private readonly List<ConfigurationMistake> found = [];

    /// <summary>The file as it was named.</summary>
    public string File => file;

    /// <summary>What was found, in the order of the file, each once: a value that two readers ask for is wrong for both.</summary>
    public IReadOnlyList<ConfigurationMistake> InOrder => [.. found.Distinct().OrderBy(m => m.Line).ThenBy(m => m.Column)];

    public void Add(YamlNode node, string message) => Add(node.Start.Line, node.Start.Column, message);

    public void Add(long line, long column, string message) => found.Add(new ConfigurationMistake(file, line, column, message));
}
