// Package tracename generates names for traces, such as powder-blue-panda-338.
package tracename

import (
	"fmt"
	"strings"
)

// Generate returns a colour of one or two words, an animal and a number with three
// digits, joined by hyphens. intN must return a random number from 0 to n-1. There
// are 7.8 million names, so the caller must check whether a name is in use.
func Generate(intN func(n int) int) string {
	return fmt.Sprintf("%s-%s-%d", colours[intN(len(colours))], animals[intN(len(animals))], 100+intN(900))
}

var colours = strings.Fields(`
	amber apricot aquamarine auburn azure beige bronze burgundy cerulean charcoal cobalt copper coral cream crimson
	cyan ebony emerald fuchsia golden green grey indigo ivory jade khaki lavender lemon lilac lime magenta maroon
	mauve mint mustard ochre olive orange orchid peach pink plum purple red rose ruby russet saffron sapphire scarlet
	sepia silver tan teal turquoise umber vermilion violet white yellow
	alice-blue burnt-orange dark-green deep-pink dusty-rose forest-green ice-blue midnight-blue moss-green navy-blue
	olive-green pale-green powder-blue royal-blue sea-green sky-blue slate-grey spring-green steel-blue warm-grey`)

var animals = strings.Fields(`
	albatross alpaca antelope armadillo badger beaver bison bobcat buffalo camel capybara caribou cheetah chinchilla
	cormorant coyote crane dingo dolphin donkey dormouse eagle echidna egret elephant elk falcon ferret finch flamingo
	fox gazelle gecko gibbon giraffe goose gopher hamster hare hedgehog heron ibex ibis iguana jackal jackdaw jaguar
	kestrel kingfisher kiwi koala lemur leopard llama lynx macaw magpie marmot marten meerkat mongoose moose narwhal
	newt ocelot octopus okapi orca oriole osprey otter owl panda pangolin panther parrot pelican penguin pheasant
	platypus puffin puma quail rabbit raccoon raven reindeer robin salmon seal sparrow squirrel starling stork swallow
	swan tapir tiger toucan turtle vicuna walrus weasel wolf wombat woodpecker yak zebra`)
