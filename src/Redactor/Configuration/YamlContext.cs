using YamlDotNet.RepresentationModel;

namespace Redactor.Configuration;

/// <summary>What every section of one file shares.</summary>
/// <param name="Directory">The file's directory: relative paths start there.</param>
/// <param name="Mistakes">Where mistakes go.</param>
/// <param name="References">What puts in <c>${env:NAME}</c> and <c>${file:PATH}</c>.</param>
internal sealed record YamlContext(string Directory, Mistakes Mistakes, References References)
{
    /// <summary>The text of a node with its references put in; null, and a mistake, if there is none.</summary>
    public string? Text(string path, YamlNode node)
    {
        if (node is not YamlScalarNode { Value: { } text })
        {
            Mistakes.Add(node, $"{path} must be one value");
            return null;
        }

        if (text.Length == 0)
        {
            Mistakes.Add(node, $"{path} is empty; give it a value or remove it");
            return null;
        }

        if (References.TryExpand(text, out var expanded, out var mistake))
        {
            return expanded;
        }

        Mistakes.Add(node, $"{path}: {mistake}");
        return null;
    }
}
